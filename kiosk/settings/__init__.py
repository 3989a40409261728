"""Settings that are changed while the kiosk runs: by the administrator, by commands, over the API."""
