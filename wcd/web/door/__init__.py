"""The door: the app of paired phones. A phone is no person; its cookie is made by pairing (docs/door-protocol.md)."""

from litestar import Router

from wcd.web.door import app_files, device, pairing, shell

routers: list[Router] = [
    Router("/door", route_handlers=[shell.router, device.router, pairing.router, app_files.router]),
]
