"""The territoires themselves: which QRR are covered by a convention in force."""

from dataclasses import replace
from datetime import date

from tests.oracle.derivation.cadre import list_tenants
from tests.oracle.derivation.dits_etats import list_dires_etats
from tests.oracle.derivation.referentiel import Derivation
from tests.oracle.derivation.regard import Dire, Regard


def list_territoires(regard: Regard, derivation: Derivation) -> list[str]:
    """The territoires of the kinds asked for that stand in the one looked at."""
    return [
        code
        for code, territoire in sorted(regard.monde.territoires.items())
        if territoire.genre in derivation.filtre["genre"]
        and regard.territoire in list_tenants(regard.monde, code, regard.connu_le)
    ]


def list_dires_territoires(regard: Regard, derivation: Derivation, jour: date) -> list[Dire]:
    """A territoire is covered by a convention that is linked to it; the frame alone attests nothing."""
    if "convention" not in derivation.filtre:
        return []
    couvrante = Derivation(
        de="Convention",
        filtre={"genre": derivation.filtre["convention"], "en_vigueur": True},
        compte="distinct",
        champ=None,
        portee=derivation.portee,
        role=derivation.role,
    )
    dires: list[Dire] = []
    for code in list_territoires(regard, derivation):
        ici = replace(regard, territoire=code, memoire={})
        dires += [replace(d, quoi=code) for d in list_dires_etats(ici, couvrante, jour)]
    return dires
