"""A face-recognition attendance kiosk on a single device at an entrance."""
