#!/usr/bin/env python3
"""Checks an OpenAPI 3.1 document with validators made by others: the document, and every JSON example in it.

usage: check_openapi.py DOCUMENT.json
Needs the packages openapi-spec-validator and jsonschema.
"""

import json
import sys

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012


def media(node, path=""):
    """All media types that hold examples, those in extensions too."""
    if isinstance(node, dict):
        for name, value in node.items():
            here = f"{path}/{name}"
            if name.endswith("/json") and isinstance(value, dict) and "examples" in value:
                yield here, value
            yield from media(value, here)
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from media(value, f"{path}/{number}")


def absolute(node):
    """References as the registry below has them."""
    if isinstance(node, dict):
        return {k: "urn:api" + v if k == "$ref" and isinstance(v, str) else absolute(v) for k, v in node.items()}
    return [absolute(value) for value in node] if isinstance(node, list) else node


def main(path):
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    wrong = [f"document: {error.message[:200]}" for error in OpenAPIV31SpecValidator(document).iter_errors()]
    registry = Registry().with_resource("urn:api", Resource(document, DRAFT202012))
    count = 0
    for place, value in media(document.get("paths", {})):
        validator = Draft202012Validator(absolute(value["schema"]), registry=registry)
        for name, example in value["examples"].items():
            count += 1
            for error in validator.iter_errors(example["value"]):
                wrong.append(f"{place} {name} at {error.json_path}: {error.message[:200]}")
    for line in wrong[:40]:
        print(line, file=sys.stderr)
    operations = sum(len([k for k in item if not k.startswith("x-")]) for item in document["paths"].values())
    print(f"{operations} operations, {count} JSON examples, {len(wrong)} errors")
    return 1 if wrong or not count else 0


sys.exit(main(sys.argv[1]))
