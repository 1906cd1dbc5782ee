"""ClinikAPI payloads from FHIR R4, and FHIR validation, in columns of Apache Spark."""

from .frames import convert, validate
from .process import FilterError

__all__ = ["FilterError", "convert", "validate"]
