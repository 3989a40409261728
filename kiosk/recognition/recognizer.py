"""Recognition of a stream of frames: tracks the faces and decides who each of them is."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from kiosk.domain.appearance_descriptor import appearance_descriptor
from kiosk.domain.decision import Belief, Decider
from kiosk.domain.face_analysis import FaceAnalysis, with_analysis
from kiosk.domain.frame_result import FrameResult, Observation, SampledFace, StageLatency
from kiosk.domain.gallery import Gallery
from kiosk.domain.liveness import LivenessAssessment
from kiosk.domain.ports import Embedder, FaceAnalyser, FaceDetector, PresentationAttackDetector
from kiosk.domain.quality import PROBE_LIMITS, Limits, Quality, assess
from kiosk.domain.rejections import RejectedFace, Rejections
from kiosk.domain.tracking import Track, Tracker
from kiosk.domain.types import Decision, DecisionStatus, Embedding, FaceDetection, Frame, Image
from kiosk.recognition.motion_gate import MotionGate
from kiosk.vision.tone_mapping import tone_mapped
from kiosk.vision.warp import align_face

# A face that has been decided on is sampled again this often, in case somebody else has taken its place unnoticed, and
# its decision stands this long without a new sample.
VERIFY_EVERY_S = 0.5
TRUSTED_FOR_S = 1.5
# The whole frame is searched this often while all faces in it are where they are expected.
SEARCH_EVERY_S = 0.15
# And this often while there are no faces and nothing moves: one may have been missed.
STILL_SEARCH_EVERY_S = 0.5
# A face that still needs evidence is analysed this often; its samples in between have the same coverings.
ANALYSE_EVERY_S = 0.5


class Recognizer:
    """Processes frames one after another. For one thread, except reject.

    Args:
        detector: finds the faces.
        embedder: makes their embeddings.
        gallery: returns the present gallery.
        decider: decides on each track's evidence.
        limits: of the quality check.
        analyser: tells what covers a face; None where it is not installed.
        liveness: watches for pictures that are shown to the camera; None for nothing of the kind.
    """

    def __init__(
        self,
        detector: FaceDetector,
        embedder: Embedder,
        gallery: Callable[[], Gallery],
        decider: Decider,
        limits: Limits = PROBE_LIMITS,
        *,
        analyser: FaceAnalyser | None = None,
        liveness: PresentationAttackDetector | None = None,
    ) -> None:
        self._detector = detector
        self._embedder = embedder
        self._gallery = gallery
        self._decider = decider
        self._limits = limits
        self._analyser = analyser
        self._liveness = liveness
        self._analyses: dict[int, tuple[float, FaceAnalysis | None]] = {}
        self._tracker = Tracker()
        self._motion_gate = MotionGate()
        self._searched_at_s = float("-inf")
        self._rejections = Rejections(decider)
        self._rejected: deque[RejectedFace] = deque()

    @property
    def tracks(self) -> tuple[Track, ...]:
        """The tracks of the faces that were seen lately."""
        return self._tracker.tracks

    def reject(self, face: RejectedFace) -> None:
        """Take a face no more, from the next frame on, for the person whom it was taken for.

        Any thread may call it.
        """
        self._rejected.append(face)

    def process(self, frame: Frame) -> FrameResult:
        started_s = time.perf_counter()
        at_s = frame.monotonic_s
        self._begin_rejected_anew(at_s)
        tracks = self._tracker.update(self._faces(frame), at_s)
        self._rejections.follow(tracks, at_s)
        detected_s = time.perf_counter()
        if self._liveness is not None:
            self._liveness.observe(frame.image_bgr, tracks, at_s)
        gallery = self._gallery()
        qualities: dict[int, Quality] = {}
        aligned: dict[int, Image] = {}
        for place, track in enumerate(tracks):
            image = align_face(frame.image_bgr, track.detection.landmarks_xy, self._embedder.alignment)
            track.update_appearance(appearance_descriptor(image))
            if self._needs_sample(track, gallery, at_s):
                face = tone_mapped(image)
                qualities[place] = assess(track.detection, frame.image_bgr.shape, face, self._limits)
                if qualities[place].is_sufficient:
                    aligned[place] = face
                    qualities[place] = with_analysis(qualities[place], self._analysis(track, frame))
        assessed_s = time.perf_counter()
        samples = dict(zip(aligned, self._embedder.embed(list(aligned.values())), strict=True)) if aligned else {}
        embedded_s = time.perf_counter()
        for place, sample in samples.items():
            qualities[place] = qualities[place].lowered(sample.clarity)
        for place, quality in qualities.items():
            tracks[place].evidence.tally.add(quality, len(tracks))
        self._analyses = {track.id: self._analyses[track.id] for track in tracks if track.id in self._analyses}
        observations = tuple(
            self._observe(track, samples.get(place), qualities.get(place), gallery, at_s)
            for place, track in enumerate(tracks)
        )
        return _timed_result(frame, observations, (started_s, detected_s, assessed_s, embedded_s))

    def _analysis(self, track: Track, frame: Frame) -> FaceAnalysis | None:
        """Return the track's newest analysis, made anew from time to time until the person has been recognised.

        Most people are recognised by their first samples, and need none.
        """
        analysed_s, analysis = self._analyses.get(track.id, (float("-inf"), None))
        decision = track.evidence.decision
        is_recognised = decision is not None and decision.status is DecisionStatus.MATCH
        is_early = track.evidence.sample_count < self._decider.agreeing_samples
        if self._analyser is None or is_recognised or is_early or frame.monotonic_s - analysed_s < ANALYSE_EVERY_S:
            return analysis
        analysis = self._analyser.analyse(frame.image_bgr, track.detection.landmarks_xy)
        self._analyses[track.id] = frame.monotonic_s, analysis
        return analysis

    def _begin_rejected_anew(self, at_s: float) -> None:
        while self._rejected:
            face = self._rejected.popleft()
            self._rejections.add(face)
            for track in self.tracks:
                if track.id == face.track_id:
                    self._tracker.replace(track, at_s)

    def _faces(self, frame: Frame) -> tuple[FaceDetection, ...]:
        """Return the faces of a frame: searched for where tracks are expected, and now and then in the whole frame."""
        expected = self._tracker.expected(frame.monotonic_s)
        unsearched_s = frame.monotonic_s - self._searched_at_s
        if expected and unsearched_s < SEARCH_EVERY_S:
            faces = self._detector.detect_at(frame.image_bgr, expected)
            if len(faces) == len(expected):
                return faces
        if not expected and unsearched_s < STILL_SEARCH_EVERY_S and self._motion_gate.is_still(frame.image_bgr):
            return ()
        self._searched_at_s = frame.monotonic_s
        return self._detector.detect(frame.image_bgr)

    def _needs_sample(self, track: Track, gallery: Gallery, at_s: float) -> bool:
        liveness = self._assess(track)
        if liveness is not None and liveness.is_furniture:
            return False
        evidence = track.evidence
        settled = (
            evidence.decision is not None
            and evidence.gallery is gallery
            and evidence.vote_count >= self._decider.agreeing_samples
        )
        return not settled or track.is_disturbed or at_s - evidence.sampled_at_s >= VERIFY_EVERY_S

    def _assess(self, track: Track) -> LivenessAssessment | None:
        return None if self._liveness is None else self._liveness.assess(track.id)

    def _observe(
        self, track: Track, sample: Embedding | None, quality: Quality | None, gallery: Gallery, at_s: float
    ) -> Observation:
        if sample is not None and quality is not None:
            track = self._weigh(track, sample, quality, gallery, at_s)
        evidence = track.evidence
        liveness = self._assess(track)
        is_trusted = not track.is_disturbed and at_s - evidence.sampled_at_s <= TRUSTED_FOR_S
        decision = evidence.decision if is_trusted else None
        is_new = decision is not None and (
            evidence.last_reported is None or _belief(decision) != evidence.last_reported
        )
        if is_new and decision is not None:
            evidence.last_reported = _belief(decision)
            if liveness is not None and decision.record is not None:
                decision = replace(decision, record=decision.record.with_liveness(liveness))
        return Observation(
            track_id=track.id,
            box_xyxy=track.detection.box_xyxy,
            decision=decision,
            is_new=is_new,
            quality=quality,
            seconds_to_decision=at_s - track.first_seen_s,
            probe=evidence.fused() if is_new else None,
            sampled_face=None if sample is None else SampledFace(track.detection.landmarks_xy, sample),
            evidence_share=min(1.0, evidence.vote_count / self._decider.agreeing_samples),
            liveness=liveness,
        )

    def _weigh(self, track: Track, sample: Embedding, quality: Quality, gallery: Gallery, at_s: float) -> Track:
        """Add a sample to its track's evidence, or begin a new track when another face has taken its place."""
        if not track.evidence.is_same_face(sample, gallery, self._decider.same_face_similarity):
            if not track.evidence.mismatch_pending:
                # One bad sample may be chance; two in a row are another face.
                track.evidence.mismatch_pending = track.is_disturbed = True
                return track
            track = self._tracker.replace(track, at_s)
        evidence = track.evidence
        evidence.add(sample, quality.quality_score, gallery, at_s)
        self._rejections.weigh(track, gallery)
        evidence.decision = self._decider.decide(evidence, gallery, at_s) or evidence.decision
        evidence.mismatch_pending = track.is_disturbed = False
        return track


def _timed_result(
    frame: Frame, observations: tuple[Observation, ...], began_s: tuple[float, float, float, float]
) -> FrameResult:
    """began_s: when each stage began, by time.perf_counter()."""
    ends_s = (*began_s, time.perf_counter())
    stages = StageLatency(*((end - begin) * 1000 for begin, end in pairwise(ends_s)))
    return FrameResult(frame, observations, (ends_s[-1] - ends_s[0]) * 1000, stages)


def _belief(decision: Decision) -> Belief:
    return decision.status, decision.employee_id
