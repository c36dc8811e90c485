"""Print the OpenAPI document. Written to `openapi.json`, its changes are accepted."""

import json
import sys

from .main import app

if __name__ == "__main__":
    json.dump(app.openapi(), sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
