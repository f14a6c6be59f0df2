"""Every kind of mapping file and the JSON Schema that helps an editor to write it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .blueprint_shapes import ActionsFile, ActsFile, FrameFile, HooksFile, ModelFile
from .bylaws_files import BYLAWS_FILES
from .checks import ChecksFile
from .documents import DocumentsFile
from .expectations import ExpectationsFile
from .hardening import HardeningFile
from .offices import OfficesFile
from .privacy_file import PrivacyFile
from .register_file import RegisterFile
from .shield_file import ShieldFile
from .statuses import StatusesFile
from .sync_file import SyncFile
from .taken import DeliveredFile
from .vocabularies import VocabulariesFile

if TYPE_CHECKING:
    from mist_connector.strict import Strict

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True)
class FileKind:
    """One kind of file: which files are of it, and the model that they fit."""

    files: str
    model: type[Strict]


def file_kinds() -> dict[str, FileKind]:
    """Return the kinds of mapping files by name."""
    kinds = {
        kind: FileKind("rules/*.yaml" if kind == "rules" else f"{kind}.yaml", model)
        for kind, model in BYLAWS_FILES.items()
    }
    kinds["statuses"] = FileKind("statuses.yaml", StatusesFile)
    kinds["offices"] = FileKind("offices.yaml", OfficesFile)
    kinds["checks"] = FileKind("checks.yaml", ChecksFile)
    kinds["sync"] = FileKind("sync.yaml", SyncFile)
    kinds["privacy"] = FileKind("privacy.yaml", PrivacyFile)
    kinds["shield"] = FileKind("shield.yaml", ShieldFile)
    kinds["register"] = FileKind("register.yaml", RegisterFile)
    kinds["vocabularies"] = FileKind("vocabularies.yaml", VocabulariesFile)
    kinds["expectations"] = FileKind("expectations.yaml", ExpectationsFile)
    kinds["documents"] = FileKind("documents.yaml", DocumentsFile)
    kinds["hardening"] = FileKind("hardening.yaml", HardeningFile)
    kinds["crm"] = FileKind("blueprint/crm.yaml", FrameFile)
    kinds["model"] = FileKind("blueprint/models/*.yaml", ModelFile)
    kinds["machinery"] = FileKind("blueprint/machinery.yaml", ActionsFile)
    kinds["delivered"] = FileKind("delivered.yaml", DeliveredFile)
    kinds["actions"] = FileKind("blueprint/actions.yaml", ActionsFile)
    kinds["acts"] = FileKind("blueprint/acts.yaml", ActsFile)
    kinds["hooks"] = FileKind("blueprint/hooks.yaml", HooksFile)
    return kinds


def json_schema(kind: str) -> dict[str, object]:
    """Return the JSON Schema of one kind of file; KeyError if there is no such kind."""
    chosen = file_kinds()[kind]
    schema = chosen.model.model_json_schema(by_alias=True)
    return {"$schema": DIALECT, **schema, "title": f"mist: {chosen.files}"}
