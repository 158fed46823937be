# SPDX-License-Identifier: GPL-3.0-or-later
"""passed_socket.py COMMAND…: starts it as systemd does, with a socket that listens, and asks for /healthz."""
import os
import signal
import socket
import sys
import urllib.request

listener = socket.create_server(("127.0.0.1", 0))
port = listener.getsockname()[1]
child = os.fork()
if child == 0:
    os.dup2(listener.fileno(), 3)
    os.set_inheritable(3, True)
    os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
    os.execvp(sys.argv[1], sys.argv[1:])
listener.close()
print(urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10).read().decode())
os.kill(child, signal.SIGTERM)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
