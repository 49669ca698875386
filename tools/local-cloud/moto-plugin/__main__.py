"""moto's server with its gaps closed: `python moto-plugin [--host H] [--port P]`.

Prints one line of JSON, {"port": …, "version": …}, once it listens (port 0 lets the system choose), then one
per piece of work that it hands over (gaps/hand_over.py). It ends when its standard input closes: that pipe is
held by the program which started it, so that nothing stays behind even if that program is killed.
"""

import argparse
import json
import logging
import os
import sys
import threading


def end_with_parent() -> None:
    """Reads standard input until it closes, then leaves at once: there is no state to save."""
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(0)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--host", default="127.0.0.1")
    arguments.add_argument("--port", type=int, default=0)
    options = arguments.parse_args()

    # Read by moto when its modules load, so they come before the first import of it.
    os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
    os.environ.setdefault("MOTO_ACM_VALIDATION_WAIT", "0")
    os.environ.setdefault("MOTO_COGNITO_IDP_USER_POOL_ENABLE_TOTP", "true")

    import gaps

    gaps.install()

    from importlib.metadata import version

    from moto.moto_server.werkzeug_app import (
        DomainDispatcherApplication,
        create_backend_app,
    )
    from werkzeug.serving import make_server

    # A request line for every call would bury what matters.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    application = DomainDispatcherApplication(create_backend_app)
    server = make_server(options.host, options.port, application, threaded=True)
    # Some services call moto back over HTTP and look for its port here.
    os.environ["MOTO_PORT"] = str(server.port)
    threading.Thread(target=end_with_parent, daemon=True).start()
    print(json.dumps({"port": server.port, "version": version("moto")}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
