"""What codes are called when a person reads them. Scripts get the codes, never these words."""

from collections.abc import Mapping

from archiver.core.errors import N_
from archiver.declarations.words import translate

OUTCOMES = {
    "filed": N_("filed"),
    "review": N_("review"),
    "duplicate": N_("duplicate"),
    "quarantined": N_("quarantined"),
    "waiting": N_("waiting"),
}

SETTLED = {
    "retried": N_("taken in on a further try"),
    "released": N_("filed unread"),
    "returned": N_("handed back"),
}
"""What became of quarantined files."""

ACTS = {
    "withdraw": N_("withdrawal"),
    "void_event": N_("event that never happened"),
    "approve_shortening": N_("shorter keeping"),
    "reappraise": N_("re-appraisal of a flag"),
    "confirm_clock": N_("believing a clock far ahead"),
    "clock_reset": N_("lowering the last known day"),
    "close_incident": N_("end of an incident"),
    "split_customer": N_("parting of a customer"),
}
"""Acts that need a second person."""

ACT_STATES = {
    "pending": N_("waits for a second person"),
    "confirmed": N_("confirmed"),
    "rejected": N_("rejected"),
    "expired": N_("expired"),
}

BATCH_STATES = {
    "appraised": N_("appraised"),
    "approved": N_("approved"),
    "destroying": N_("being destroyed"),
    "destroyed": N_("destroyed"),
    "rejected": N_("rejected"),
    "emptied": N_("all papers left it"),
}
"""Where a batch of disposal stands."""

LEFT_BECAUSE = {
    "HELD": N_("a hold covers it"),
    "NOT_DUE": N_("it must be kept longer"),
    "UNSCHEDULED": N_("no rule says how long"),
    "AWAITING_TRIGGER": N_("its period has not begun"),
    "EXCEPTION": N_("something is missing or undecided"),
    "PERMANENT": N_("it is kept for ever"),
    "INTEGRITY_INCIDENT": N_("it was found damaged"),
    "GRACE_PERIOD": N_("it is too soon"),
    "NOT_APPROVED": N_("it is not as it was approved"),
    "extended": N_("the appraisal extended it"),
    "permanent": N_("the appraisal made it permanent"),
    "rejected": N_("the batch was rejected"),
    "restored": N_("a backup was put back"),
}
"""Why a paper is in a batch of disposal no more."""
AUTHORITIES = {
    "court": N_("court"),
    "police": N_("police"),
    "transport": N_("transport authority"),
    "tax": N_("tax authority"),
    "legal": N_("legal department"),
    "internal": N_("company itself"),
}
"""Who orders a hold; whoever else stays as written."""

ERASURES = {
    "due": N_("may be appraised"),
    "statutory": N_("kept by law"),
    "legal_review": N_("for legal review"),
}
"""What becomes of a record whose erasure is asked for."""

SCOPES = {
    "document": N_("document"),
    "customer": N_("customer"),
    "case": N_("case"),
    "query": N_("query"),
}
"""What a hold is placed on."""

PAPER_STATES = {
    "retained": N_("retained"),
    "due": N_("due"),
    "permanent": N_("permanent"),
    "undetermined": N_("undetermined"),
}
"""Where retention stands, as a search tells it."""

STATES = {
    "UNSCHEDULED": N_("no rule"),
    "AWAITING_TRIGGER": N_("awaiting event"),
    "EXCEPTION": N_("exception"),
    "RETAINED": N_("retained"),
    "DUE": N_("due"),
    "IN_REVIEW": N_("in appraisal"),
    "APPROVED": N_("approved"),
    "PERMANENT": N_("permanent"),
    "DESTROYED": N_("destroyed"),
    "WITHDRAWN": N_("withdrawn"),
}
"""States of retention."""

EFFECTS = {
    "lengthened": N_("kept longer, at once"),
    "waiting": N_("would be kept shorter, waits for two people"),
    "locked": N_("stays all the same: its rules were locked"),
    "due": N_("becomes due for review"),
    "unscheduled": N_("no rule fits any more"),
    "permanent": N_("becomes permanent"),
}
"""What another version of the rules does to a record."""

PARTIES = {
    "customer": N_("customer"),
    "supplier": N_("supplier"),
    "staff": N_("staff"),
    "own": N_("own company"),
}
"""Kinds of party."""

NOBODY = {"_unassigned": N_("not assigned")}
"""The name of the customer that papers wait with until a person says whose they are."""

STANDINGS = {
    "active": N_("active"),
    "proposed": N_("proposed"),
    "system": N_("system"),
    "merged": N_("merged"),
}

FAULTS = {
    "altered": N_("altered"),
    "missing": N_("missing"),
    "extra": N_("extra"),
    "unreadable": N_("unreadable"),
    "misplaced": N_("misplaced"),
    "index": N_("index"),
    "ledger": N_("ledger"),
    "catalogue": N_("catalogue"),
}
"""What `check` finds."""

BASES = {
    "statutory": N_("law"),
    "regulatory": N_("regulation"),
    "contract": N_("contract"),
    "internal": N_("company rule"),
}
"""What a retention rule rests on."""

EVENTS = {
    "service_completed": N_("service"),
    "purchase_completed": N_("purchase"),
    "relationship_ended": N_("end of the relationship"),
    "contract_ended": N_("end of the contract"),
    "licence_replaced": N_("replacement of the licence"),
    "dispute_opened": N_("opening of a dispute"),
    "accident_reported": N_("report of a traffic accident"),
    "marked_doubtful": N_("marking as doubtful"),
    "authority_instruction": N_("an instruction of an authority"),
    "dispute_settled": N_("settlement of a dispute"),
    "doubt_cleared": N_("clearing of a doubt"),
    "authority_released": N_("release by an authority"),
}
"""Events; those that a company named itself stay as they are."""

CATEGORIES = {
    "licence": N_("Business licence"),
    "contract": N_("Contract"),
    "supplement": N_("Supplementary contract"),
    "certificate": N_("Certificate"),
    "tax_certificate": N_("Tax registration certificate"),
    "tax_payment": N_("Tax payment certificate"),
    "invoice": N_("Invoice"),
    "work_order": N_("Work order"),
    "inspection_sheet": N_("Inspection sheet"),
    "settlement": N_("Settlement sheet"),
    "vehicle_licence": N_("Vehicle licence"),
    "insurance": N_("Insurance policy"),
    "identity": N_("Identity document"),
    "complaint": N_("Complaint"),
    "correspondence": N_("Correspondence"),
    "accounting": N_("Accounting voucher"),
    "register": N_("Register"),
    "financial_report": N_("Financial report"),
    "bank_statement": N_("Bank statement"),
    "tax_return": N_("Tax return"),
    "other": N_("Other"),
}
"""The published categories, for sentences made where no vault is at hand; labels as shipped."""

FIELDS = {
    "company_name": N_("Company name"),
    "counterparty": N_("Other party"),
    "credit_code": N_("Credit code"),
    "registration_no": N_("Registration number"),
    "tax_no": N_("Tax number"),
    "doc_no": N_("Number"),
    "issue_date": N_("Issued on"),
    "start_date": N_("Begins on"),
    "valid_from": N_("Valid from"),
    "expiry_date": N_("Valid until"),
    "amount": N_("Amount"),
    "currency": N_("Currency"),
    "address": N_("Address"),
    "capital": N_("Capital"),
    "company_type": N_("Type of company"),
    "plate": N_("Number plate"),
    "phone": N_("Telephone"),
}
"""Values read off a paper."""

VALUES = {"long-term": N_("without end")}
"""Values of fields that are words of ours."""

_READINGS = {
    "check_digit": N_("its check digit is right"),
    "form_only": N_("it has the form of a code, but its check digit is wrong"),
    "person": N_("a person said so"),
    "prose": N_("in a sentence"),
    "between": N_("among the parties of a sentence"),
    "side": N_("by its place"),
    "below_code": N_("beside or below the code of the invoice"),
    "behind_number": N_("behind the number of the invoice"),
    "only_day": N_("the only day on it"),
    "letterhead": N_("the letterhead"),
    "first_line": N_("the first line"),
    "capitals_agree": N_("the amount in capitals is the same"),
    "plate_form": N_("it has the form of a number plate"),
    "sign": N_("by the sign of the currency"),
    "at_foot": N_("it stands at the foot"),
    "above_the_rest": N_("the first name of a company, above everybody else"),
    "invoice": N_("by its place"),
    "begin_of_period": N_("taken from the begin of the period, for want of a date of its own"),
}


def reading(rule: str) -> str:
    """What read a value off a paper: a label on it or in its QR code, or one of our own rules."""
    kind, _, label = rule.partition(":")
    if kind == "qr":
        return translate(N_("in the QR code, {how}")).format(how=reading(label))
    if kind == "term":
        return translate(N_("counted: {label}")).format(label=label)
    return translate(N_("label {label}")).format(label=label) if label else called(_READINGS, kind)


def called(words: Mapping[str, str], code: str) -> str:
    """The word of one of the tables above for `code`; the code itself when it has none."""
    return translate(words.get(code, code))
