"""`except*`: what a `raise` without a name raises again stays a part of the group."""


def told(body):
    try:
        body()
    except ExceptionGroup as group:
        return f"{group!r}: {group}"
    return "nothing"


def group():
    return ExceptionGroup("tasks", [ValueError(1), TypeError(2), ExceptionGroup("inner", [ValueError(3), KeyError(4)])])


def again_some():
    try:
        raise group()
    except* ValueError:
        raise
    except* KeyError:
        pass


def again_all():
    try:
        raise group()
    except* (ValueError, TypeError, KeyError):
        raise


def by_name():
    try:
        raise group()
    except* ValueError as some:
        raise some


def another():
    try:
        raise group()
    except* ValueError:
        raise
    except* TypeError:
        raise LookupError("other")


def alone():
    try:
        raise ValueError("single")
    except* ValueError:
        raise


for case in (again_some, again_all, by_name, another, alone):
    print(case.__name__, told(case))
