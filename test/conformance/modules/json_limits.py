"""Integers of more digits than Python reads or writes."""
import json

for make in (lambda: json.loads('1' * 4301), lambda: json.loads('[-' + '1' * 5000 + ']'), lambda: json.dumps(10**4300), lambda: json.dumps({10**4300: 1})):
    try:
        print(len(repr(make())))
    except ValueError as error:
        print(type(error).__name__, error)
print(len(str(json.loads('1' * 4300))), len(json.dumps(10**4299)))
