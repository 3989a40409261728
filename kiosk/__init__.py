"""A face-recognition attendance kiosk on a single device at an entrance."""

import os

# ONNX Runtime's wheels keep a device id and report their use to its maker over the network, unless this stands in the
# environment before the import; its disable_telemetry_events() comes too late for the id.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

# Two threads of numpy's on one search cost three times the processor of one, and a busy device waits ten times as long.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
