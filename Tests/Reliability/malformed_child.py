"""Runs commands that it is told, a line of JSON each, and tells how they ended.

A process of its own: a child begins with the memory of its parent, and this parent has little."""

import json
import os
import subprocess
import sys
import threading
import time


def run(words, folder, seconds, out=os.devnull):
    # What is said goes to a file: a pipe would have to be read while the child is waited for.
    # A trap is seen by its signal; the backtrace would only take time.
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no"}
    with open(os.path.join(folder, "said"), "wb") as said, open(out, "wb") as printed:
        start = time.monotonic()
        child = subprocess.Popen(words, cwd=folder, stdin=subprocess.DEVNULL, stdout=printed, stderr=said,
                                 env=environment)
        alarm = threading.Timer(seconds, child.kill)
        alarm.start()
        _, status, usage = os.wait4(child.pid, 0)
        alarm.cancel()
        took = time.monotonic() - start
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)
    child.returncode = code
    # Kilobytes on Linux, bytes on macOS.
    unit = 1 << 20 if os.uname().sysname == "Darwin" else 1 << 10
    return {"code": code, "seconds": took, "megabytes": usage.ru_maxrss / unit}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(run(**json.loads(line))), flush=True)
