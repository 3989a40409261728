"""A network camera that shows a clip again and again: MJPEG over HTTP. Run in the device: clip_camera.py CLIP PORT."""

from __future__ import annotations

import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from kiosk.core.opencv import cv2


class Camera(BaseHTTPRequestHandler):
    pictures: tuple[bytes, ...] = ()
    fps = 25.0

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        while True:
            self._show_once()

    def _show_once(self) -> None:
        began_s = time.monotonic()
        for number, picture in enumerate(self.pictures):
            time.sleep(max(0.0, began_s + number / self.fps - time.monotonic()))
            head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n"
            self.wfile.write(head.encode() + picture + b"\r\n")

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:  # the kiosk has gone
            return

    def log_message(self, *_: object) -> None:
        return


def main(clip: str, port: int) -> None:
    capture = cv2.VideoCapture(clip)
    Camera.fps = capture.get(cv2.CAP_PROP_FPS)
    pictures = []
    while (image := capture.read()[1]) is not None:
        pictures.append(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes())
    Camera.pictures = tuple(pictures)
    ThreadingHTTPServer(("127.0.0.1", port), Camera).serve_forever()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
