#!/usr/bin/env python3
"""Holds TOML files to a JSON Schema and prints "FILE: what is wrong" for each that does not keep to it.

  hold_to_schema.py SCHEMA FILE…
"""
import datetime
import json
import sys
import tomllib

import jsonschema


def plain(value):
    """Dates as editors see them: as text."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, (datetime.date, datetime.time)) else value


schema = json.load(open(sys.argv[1]))
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)
for path in sys.argv[2:]:
    with open(path, "rb") as file:
        error = next(validator.iter_errors(plain(tomllib.load(file))), None)
    if error:
        print(f"{path}: {'.'.join(map(str, error.absolute_path))}: {error.message[:300]}")
