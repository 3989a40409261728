"""The evaluation's protocol: who is enrolled, which transactions are made, and what each of them came to.

Terms: ISO/IEC 19795-1. A transaction is what one visitor does at the door; it has one or more attempts,
each with a sample of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from kiosk.domain.decision import Decider
from kiosk.domain.gallery import Gallery
from kiosk.domain.types import Embedding, Template
from kiosk.errors import ConfigurationError
from kiosk.evaluation.dataset import Person
from kiosk.evaluation.samples_cache import CachedSample, SamplesCache

Progress: TypeAlias = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Transaction:
    """One visit to the door, made from a photograph.

    Attributes:
        person: number of the visitor.
        path: of the photograph.
        is_mated: whether the visitor was to be enrolled.
    """

    person: int
    path: Path
    is_mated: bool


@dataclass(frozen=True, slots=True)
class EvaluationProtocol:
    """Who is enrolled, and which transactions are made.

    Attributes:
        people: everybody, numbered by their place.
        enrolled: number of a person -> the photographs to enroll them from.
        transactions: in the order in which they are made.
    """

    people: tuple[Person, ...]
    enrolled: dict[int, tuple[Path, ...]]
    transactions: tuple[Transaction, ...]


@dataclass(frozen=True, slots=True, eq=False)
class TransactionResult:
    """What a transaction came to.

    Attributes:
        transaction: the transaction.
        named: number of the person whom the product took the visitor for; None for nobody.
        attempts: the probes that were searched, in order: of a photograph, or fused of somebody who walks up.
        quality_score: the best sample's, None without a face.
        refused: why no sample passed the quality check; None when one did.
        seconds_to_decision: for a moving visitor, from the first frame with their face; None without a decision.
    """

    transaction: Transaction
    named: int | None
    attempts: tuple[Embedding, ...]
    quality_score: float | None
    refused: str | None
    seconds_to_decision: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class EnrolledTemplates:
    """What the enrollment came to.

    Attributes:
        templates: of those who could be enrolled.
        refused: for each photograph that could not become a template, why.
        photographs: number of photographs.
    """

    templates: tuple[Template, ...]
    refused: tuple[str, ...]
    photographs: int


def split_people(people: Sequence[Person], samples: int) -> EvaluationProtocol:
    """Enroll everybody who has more photographs than samples, from the first ones; all others are non-mated.

    Raises ConfigurationError when nobody could be enrolled and come again.
    """
    enrolled = {n: p.photographs[:samples] for n, p in enumerate(people) if len(p.photographs) > samples}
    if not enrolled:
        raise ConfigurationError(
            f"nobody has more than {samples} photograph{'s' * (samples > 1)}: there is nobody to enroll and recognise"
        )
    transactions = tuple(
        Transaction(n, path, n in enrolled)
        for n, person in enumerate(people)
        for path in (person.photographs[samples:] if n in enrolled else person.photographs)
    )
    return EvaluationProtocol(tuple(people), enrolled, transactions)


def enroll_only(people: Sequence[Person]) -> EvaluationProtocol:
    """Enroll all people from all their photographs, without any transaction."""
    return EvaluationProtocol(tuple(people), {n: person.photographs for n, person in enumerate(people)}, ())


def enroll(protocol: EvaluationProtocol, cache: SamplesCache, progress: Progress) -> EnrolledTemplates:
    """Extract the templates. Raises ConfigurationError when not one photograph passes."""
    photographs = [(n, path) for n, paths in protocol.enrolled.items() for path in paths]
    templates: list[Template] = []
    refused: list[str] = []
    for done, (person, path) in enumerate(photographs, start=1):
        sample = cache.template(path)
        if sample.embedding is None:
            refused.append(sample.refused or "")
        else:
            templates.append(Template(person, sample.embedding.vector))
        progress("enrolling", done, len(photographs))
    if not templates:
        raise ConfigurationError("none of the photographs can be used to enroll anybody")
    return EnrolledTemplates(tuple(templates), tuple(refused), len(photographs))


def enrolled_gallery(protocol: EvaluationProtocol, cache: SamplesCache, progress: Progress) -> Gallery:
    """Enroll and return the gallery. Raises ConfigurationError when not one photograph passes."""
    return Gallery(cache.model_version, enroll(protocol, cache, progress).templates)


def run_photograph_transactions(
    transactions: Sequence[Transaction],
    cache: SamplesCache,
    gallery: Gallery,
    decider: Decider,
    progress: Progress,
) -> Iterable[TransactionResult]:
    """Yield the result of each transaction with its photograph as the only sample."""
    for done, transaction in enumerate(transactions, start=1):
        yield decide_single_sample(transaction, cache.probe(transaction.path), gallery, decider)
        progress("visits", done, len(transactions))


def decide_single_sample(
    transaction: Transaction, sample: CachedSample, gallery: Gallery, decider: Decider
) -> TransactionResult:
    """Return what the product decides by a single sample."""
    if sample.embedding is None or sample.quality is None:
        return TransactionResult(transaction, None, (), None, sample.refused)
    named = decider.decide_probe(sample.embedding, gallery).employee_id
    return TransactionResult(transaction, named, (sample.embedding,), sample.quality.quality_score, None)
