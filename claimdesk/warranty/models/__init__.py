"""Tables of warranty, one file per noun."""

from claimdesk.warranty.models.policy import Policy
from claimdesk.warranty.models.rates import LabourRate, Operation, OperationTime, Part, PartPrice
from claimdesk.warranty.models.registration import Registration
from claimdesk.warranty.models.unit import Custody, Transfer, Unit

__all__ = [
    "Custody",
    "LabourRate",
    "Operation",
    "OperationTime",
    "Part",
    "PartPrice",
    "Policy",
    "Registration",
    "Transfer",
    "Unit",
]
