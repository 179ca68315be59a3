"""One web process: takes over the listening socket, gets everything ready, waits for the word, serves."""

import argparse
import logging
import os
import socket
import sys

import uvicorn

APP = "wcd.app:make_app"


def main() -> None:
    """`python -m wcd.launch.web`, started by `serve` only."""
    given = _arguments()
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr
    )
    config = uvicorn.Config(
        given.app,
        factory=True,
        lifespan="on",
        log_config=None,
        access_log=False,  # addresses of people and personal links do not belong into logs
        server_header=False,
        proxy_headers=bool(given.proxies),
        forwarded_allow_ips=given.proxies or "",
        timeout_graceful_shutdown=2,  # an open stream must not hold up the end
        ssl_certfile=given.tls_cert,
        ssl_keyfile=given.tls_key,
    )
    config.load()
    os.read(given.gate, 1)  # ends when the parent has migrated and closes its end
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=given.listen)])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--app", default=APP)
    parser.add_argument("--listen", type=int, required=True)
    parser.add_argument("--gate", type=int, required=True)
    parser.add_argument("--proxies", default="")
    parser.add_argument("--tls-cert")
    parser.add_argument("--tls-key")
    return parser.parse_args()


if __name__ == "__main__":
    main()
