"""Runs one model-written program, given on standard input, under limits given as JSON in argv[1].

Limits are set before the program is read. The audit hook gives clear errors and stops accidents; it is not a boundary,
because code in the same interpreter can get around it. The result goes as one JSON line to the original standard error.
"""
import ast
import json
import os
import resource
import struct
import sys

if sys.platform == "linux":
    import ctypes


def report(fd, _write=os.write, _dumps=json.dumps, **status):
    data = _dumps(status).encode("utf-8", "replace")
    while data:
        data = data[_write(fd, data):]


def restrict(limits):
    """Sets what the kernel enforces. A limit that cannot be set is an error, except where the system has none."""
    try:
        os.setsid()
    except OSError:
        pass  # already the leader of its own session
    seconds = limits["cpuSeconds"]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["fileBytes"], limits["fileBytes"]))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    # Never root here, so one process (this one) is all that its user may have: no fork and no thread succeeds.
    resource.setrlimit(resource.RLIMIT_NPROC, (1, 1))
    if sys.platform == "linux":
        with open("/proc/self/statm") as statm:
            used = int(statm.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + limits["memoryBytes"],) * 2)
    sys.setrecursionlimit(limits["recursionDepth"])
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)


def confine(libc, work, program):
    """Has the kernel refuse files and system calls that no program here needs: Landlock where it exists, and the filter."""
    if libc.prctl(38, 1, 0, 0, 0) != 0:  # PR_SET_NO_NEW_PRIVS
        raise OSError("prctl(PR_SET_NO_NEW_PRIVS) failed")
    version = libc.syscall(444, None, 0, 1)  # landlock_create_ruleset, of which only the version is asked
    if version > 0:
        rights = (1 << (13, 14, 15, 15)[min(version, 4) - 1]) - 1 if version < 5 else (1 << 16) - 1
        attributes = struct.pack("=QQQ", rights, 3, 3)[: 8 if version < 4 else 16 if version < 6 else 24]  # files, network, scopes
        rules = libc.syscall(444, attributes, len(attributes), 0)
        folders = [p for p in sys.path + [sys.base_prefix, "/usr", "/lib", "/lib64", "/nix/store"] if os.path.isdir(p)]
        grants = [(folder, 0b1101) for folder in folders]  # execute (to map libraries), read, list
        grants += [(file, 0b110) for file in ("/dev/null", "/dev/urandom") if os.path.exists(file)] + [(work, rights)]
        for path, allowed in grants:
            fd = os.open(path, os.O_PATH)
            if libc.syscall(445, rules, 1, struct.pack("=Qi", allowed & rights, fd), 0) != 0:  # landlock_add_rule
                raise OSError("landlock_add_rule failed for " + path)
            os.close(fd)
        if rules < 0 or libc.syscall(446, rules, 0) != 0:  # landlock_restrict_self
            raise OSError("landlock_restrict_self failed")
        os.close(rules)
    code = ctypes.create_string_buffer(program, len(program))
    loaded = ctypes.create_string_buffer(struct.pack("@HP", len(program) // 8, ctypes.addressof(code)))
    if program and libc.prctl(22, 2, loaded, 0, 0) != 0:  # PR_SET_SECCOMP, SECCOMP_MODE_FILTER
        raise OSError("the filter of system calls could not be set")
    for name in [name for name in sys.modules if name.lstrip("_").partition(".")[0] == "ctypes"]:
        del sys.modules[name]


def audit_hook():
    work = os.path.realpath(os.getcwd())
    readable = tuple(os.path.realpath(p) for p in sys.path) + (work, "/dev/null", "/dev/urandom", "/usr/share/zoneinfo")
    denied_prefixes = ("socket.", "subprocess.", "ctypes.", "pty.", "syslog.", "winreg.", "sqlite3.", "cpython._PySys_ClearAuditHooks")
    denied = frozenset({"os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.kill", "os.killpg",
              "signal.pthread_kill", "os.putenv", "os.setxattr", "os.chown", "os.chmod", "fcntl.ioctl", "gc.get_objects", "gc.get_referrers"})
    denied_modules = frozenset({"ctypes", "_ctypes", "_posixsubprocess", "subprocess", "multiprocessing", "_multiprocessing", "_testcapi"})
    changing = frozenset({"os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.truncate", "os.utime", "os.link", "os.symlink"})
    reading = frozenset({"os.listdir", "os.scandir", "os.chdir"})
    with_folders = frozenset({"os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.utime", "os.link", "os.symlink"})  # dir_fd comes last
    write_flags = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    realpath, fspath, fsdecode, sep = os.path.realpath, os.fspath, os.fsdecode, os.sep

    # A name may be relative to a folder given by dir_fd, which the event of open() does not tell: such a name must not climb.
    def inside(path, roots):
        if path is None or isinstance(path, int):
            return True
        name = fsdecode(fspath(path))
        if not name.startswith(sep) and ".." in name.split(sep):
            return False
        real = realpath(name)
        return any(real == root or real.startswith(root + sep) for root in roots)

    def hook(event, args):
        if event in denied or event.startswith(denied_prefixes):
            raise PermissionError(event + " is not allowed in the sandbox")
        if event == "import" and args[0] in denied_modules:
            raise PermissionError("import of " + args[0] + " is not allowed in the sandbox")
        if event == "open":
            writes = isinstance(args[2], int) and args[2] & write_flags
            if not inside(args[0], (work,) if writes else readable):
                raise PermissionError("open of a file outside the working directory is not allowed in the sandbox")
        elif event in changing or event in reading:
            roots = (work,) if event in changing else readable
            if not all(inside(a, roots) for a in args if isinstance(a, (str, bytes))):
                raise PermissionError(event + " outside the working directory is not allowed in the sandbox")
            if event in with_folders and isinstance(args[-1], int) and args[-1] >= 0:
                raise PermissionError(event + " with dir_fd is not allowed in the sandbox")

    return hook


def line_of(error):
    if isinstance(error, SyntaxError):
        return error.lineno
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "program.py":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def message_of(error):
    try:
        return (type(error).__name__ + ": " + str(error))[:10000]
    except BaseException:
        return type(error).__name__


def run(source, width):
    """Runs the program; like a notebook cell, its last expression is its value."""
    tree = ast.parse(source, "program.py")
    space = {"__name__": "__main__", "__builtins__": __builtins__}
    last = ast.Expression(tree.body.pop().value) if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "program.py", "exec"), space)
    value = None if last is None else eval(compile(last, "program.py", "eval"), space)
    return None if value is None else repr(value)[: width + 1]


def main():
    limits = json.loads(sys.argv[1])
    status = os.dup(2)
    os.dup2(1, 2)
    exit_now, flush = os._exit, sys.stdout.flush
    try:
        libc = ctypes.CDLL(None) if sys.platform == "linux" else None
        restrict(limits)
        if libc is not None:
            confine(libc, os.getcwd(), bytes.fromhex(limits["syscallFilter"]))
        source = sys.stdin.buffer.read().decode("utf-8")
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
        sys.argv = ["program.py"]
        sys.stdout.reconfigure(line_buffering=True)  # what was printed before a kill is kept, in its order
        hooks = [audit_hook()] if limits["auditHook"] else []
    except BaseException as error:
        report(status, outcome="refused", message=message_of(error))
        exit_now(1)
    while hooks:
        sys.addaudithook(hooks.pop())  # no frame keeps it
    try:
        value = run(source, limits["outputCharacters"])
        flush()
        report(status, outcome="completed", value=value)
    except MemoryError:
        report(status, outcome="limit", limit="memory")
    except RecursionError:
        report(status, outcome="limit", limit="recursion")
    except SystemExit as error:
        flush()
        if error.code in (None, 0):
            report(status, outcome="completed", value=None)
        else:
            report(status, outcome="failed", message=message_of(error), line=line_of(error))
    except BaseException as error:
        too_large = isinstance(error, OSError) and error.errno == 27
        report(status, outcome="limit" if too_large else "failed", limit="file-size", message=message_of(error), line=line_of(error))
    try:
        flush()
    except BaseException:
        pass
    exit_now(0)


main()
