"""Comparative studies of labour organising, with every number led back to its passages.

Comes in: sources, schemes and a study file.
Goes out: the names that notebooks use; nothing inside the package imports from here.
"""

from tertium.agreement.adjudication.adjudicate import adjudicate
from tertium.agreement.assignment.read import assigned
from tertium.coding.classify import classify
from tertium.coding.coder import code
from tertium.coding.logs.read import read_codings
from tertium.coding.workbench.workbench import workbench
from tertium.comparison.agreement.agreement import agreement
from tertium.comparison.agreement.told import agreement_in_words, beside_in_words
from tertium.comparison.cases.pairs import case_pairs
from tertium.comparison.cases.triangulation import triangulation
from tertium.comparison.cooccurrence.cooccurrence import cooccurrence
from tertium.comparison.crosstabs.crosstab import crosstab
from tertium.comparison.evaluation.evaluate import evaluate
from tertium.comparison.evidence import evidence
from tertium.comparison.keyness.keyness import keyness
from tertium.comparison.listing import source_list
from tertium.comparison.matrix import framework_matrix
from tertium.comparison.networks.graph import graph
from tertium.comparison.networks.network import network
from tertium.comparison.networks.statements import statements
from tertium.comparison.networks.windows import windows
from tertium.comparison.quantities import quantities
from tertium.comparison.sequence.sequence import sequence
from tertium.comparison.sets.calibrated.agreed import set_agreement
from tertium.comparison.sets.calibrated.matrix import memberships
from tertium.comparison.sets.calibrated.record import calibration
from tertium.comparison.sets.calibrated.scoped import set_cases
from tertium.comparison.sets.calibrated.skewed import skew
from tertium.comparison.sets.designs.methods import mill
from tertium.comparison.sets.designs.pairs import similar_designs
from tertium.comparison.sets.shown.necessity import necessity
from tertium.comparison.sets.shown.relation import set_relation
from tertium.comparison.sets.shown.robustness.robustness import robustness
from tertium.comparison.sets.shown.rows import truth_table
from tertium.comparison.sets.shown.solutions.guard import solution
from tertium.comparison.sets.shown.solutions.minimise import minimise
from tertium.comparison.sets.shown.theory import theory
from tertium.comparison.shares.association import association
from tertium.comparison.shares.shares import shares
from tertium.comparison.silence.silence import silence
from tertium.comparison.stability import measures
from tertium.comparison.stability.finding import finding
from tertium.comparison.stability.stability import holds_in_words, stability
from tertium.comparison.timeline import timeline
from tertium.comparison.verdicts import verdict_table
from tertium.report.build import build_report as report
from tertium.report.figures import figure
from tertium.report.prose import prose
from tertium.report.tables import table
from tertium.schemes.read import read_scheme
from tertium.sources.read import read_sources
from tertium.study import open_study

__version__ = "0.1.0"

__all__ = [
    "adjudicate",
    "agreement",
    "agreement_in_words",
    "assigned",
    "association",
    "beside_in_words",
    "calibration",
    "case_pairs",
    "classify",
    "code",
    "cooccurrence",
    "crosstab",
    "evaluate",
    "evidence",
    "figure",
    "finding",
    "framework_matrix",
    "graph",
    "holds_in_words",
    "keyness",
    "measures",
    "memberships",
    "mill",
    "minimise",
    "necessity",
    "network",
    "open_study",
    "prose",
    "quantities",
    "read_codings",
    "read_scheme",
    "read_sources",
    "report",
    "robustness",
    "sequence",
    "set_agreement",
    "set_cases",
    "set_relation",
    "shares",
    "silence",
    "similar_designs",
    "skew",
    "solution",
    "source_list",
    "stability",
    "statements",
    "table",
    "theory",
    "timeline",
    "triangulation",
    "truth_table",
    "verdict_table",
    "windows",
    "workbench",
]
