"""How the device is doing, and what a technician does at its screen.

screen         DiagnosticsScreen: live picture, plot, readings, backup, report, restart
power_panel    PowerPanel: restarting the kiosk or the device, switching it off
live_picture   LivePicture: the whole picture with a box at each face and what is thought of it
latency_plot   LatencyPlot: what each stage of a frame takes
labels         readings in words
backend        what all of them need of the kiosk
"""
