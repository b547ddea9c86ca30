"""Cases of values: headers, withdrawals, workbooks, shares, keys, points, separators."""

from __future__ import annotations

from collections.abc import Callable

from tests.recette.banc_des_cas import Banc, check_dit
from tests.recette.outils import expect

MONTANT = "e05-a2-montant"
PART = "e01-a1-part-classes-dedoublees"
FRANCE_SERVICES = "e03-a1-france-services"


def play_02(banc: Banc) -> str:
    """« Valeur (€) » is « valeur »: the two corrections arrive, and are told."""
    banc.take("releves", "releves-juin.csv")
    dit = banc.take("releves", "releves-octobre.csv", "--a-blanc")
    check_dit("releves-octobre.csv", dit, ("2 corrigées", "20 000", "26 000"))
    banc.take("releves", "releves-octobre.csv")
    lu = banc.read_constat("QN09309M", MONTANT)
    expect((lu["valeur"], lu["date"]) == (26000, "2026-10-31"), f"lu {lu['raison']}")
    renomme = "indicateur;territoire;date;montant;cle\n" + f"{MONTANT};QN09309M;2026-10-31;1;T-01"
    banc.refuse("releves", banc.write("montant.csv", renomme), dit=("« montant »", "« valeur »"))
    return "« Valeur (€) » lue comme « valeur », 20 000 → 26 000 dit ; « montant » refusée"


def play_03(banc: Banc) -> str:
    """An empty cell withdraws nothing; a withdrawal is said, counted, and asks for consent en masse."""
    banc.take("releves", "t2.csv")
    banc.refuse(
        "releves",
        "t3-a-moitie-rempli.csv",
        dit=("ligne 3", "ligne 4", "retrait = oui"),
    )
    expect(banc.read_constat("QN09303M", MONTANT)["valeur"] == 15000, "T-02 a bougé")
    retraits = "\n".join(
        [
            "indicateur;territoire;date;valeur;source;cle;retrait",
            f"{MONTANT};QN09309M;30/09/2026;26000;Enquête T2;T-01;",
            f"{MONTANT};QN09303M;30/09/2026;;Enquête T2;T-02;oui",
            f"{MONTANT};QN09304M;30/09/2026;;Enquête T2;T-03;oui",
        ]
    )
    fichier = banc.write("retraits.csv", retraits)
    banc.refuse("releves", fichier, dit=("--accepter-retrait",))
    dit = banc.take("releves", fichier, "--accepter-retrait")
    check_dit(fichier, dit, ("1 corrigée", "2 retirées", "T-02", "15 000", "T-03", "8 000"))
    expect(banc.read_constat("QN09303M", MONTANT)["statut"] == "non_renseigne", "T-02 reste")
    _play_deux_sources(banc)
    return "cases vides refusées, 2 retraits dits et consentis, deux sources d’un jour gardées"


def _play_deux_sources(banc: Banc) -> None:
    for fichier in ("ddets.csv", "mairie.csv"):
        check_dit(fichier, banc.take("releves", fichier), ("1 nouvelle",))
    check_dit("ddets.csv", banc.take("releves", "ddets.csv"), ("1 inchangée",))
    lu = banc.read_constat("QN09309M", "e06-a2-adultes-relais")
    expect(lu["valeur"] == 2, f"dernière connue : {lu['valeur']}")
    expect("desaccord" in lu["drapeaux"], f"drapeaux {lu['drapeaux']}")
    restes = {h["source"]: h["remplace_le"] for h in lu["historique"]}
    expect(restes == {"DDETS 93": None, "Mairie de Bagnolet": None}, f"historique {restes}")


def play_05(banc: Banc) -> str:
    """An empty template beside the data hides nothing; a header alone says nothing."""
    banc.take("releves", "modele.xlsx")
    expect(banc.read_constat("QN09309M", MONTANT)["valeur"] == 20000, "la saisie n’est pas lue")
    banc.refuse("releves", "entete_seul.csv", dit=("aucune ligne sous l’en-tête",))
    return "la feuille remplie est lue, l’en-tête seul est refusé"


def play_09(banc: Banc) -> str:
    """0,825 for 82,5 %: refused with both readings, whatever the format of the cell."""
    banc.refuse("releves", "parts.csv", dit=("ligne 2", "0,825", "82,5"))
    banc.refuse("releves", "fraction.xlsx", dit=("ligne 2",))
    return "0,825 refusé avec ses deux lectures, la fraction aussi"


def play_12(banc: Banc) -> str:
    """A merged deadline is refused with its range."""
    banc.refuse("cibles", "fusion.xlsx", dit=("E2:E4", "fusionn"))
    return "E2:E4 nommées"


def play_14(banc: Banc) -> str:
    """One source, one key, three writings: one line, corrected."""
    for correction in (
        "correction-mac-nfd.csv",
        "correction-apostrophe.csv",
        "correction-pandas.csv",
    ):
        banc.reset()
        banc.take("releves", "premier-envoi.csv")
        check_dit(correction, banc.take("releves", correction), ("1 corrigée", "20 000", "12 000"))
        lu = banc.read_constat("QN09309M", MONTANT)
        expect(
            (lu["valeur"], lu["date"]) == (12000, "2026-09-20"), f"{correction} : {lu['raison']}"
        )
    banc.refuse("releves", "retrait-mac-nfd.csv", dit=("ligne 2", "retrait = oui"))
    return "NFD, apostrophe d’Excel et « 12.0 » corrigent la ligne ; la case vide est refusée"


def play_15(banc: Banc) -> str:
    """A point that cannot be believed is unknown: the presence known before holds and ages."""
    gestes = ("--millesime", "2026-11-01", "--accepter-retrait")
    banc.refuse("france-services", "zero.csv", *gestes[:2], dit=("--accepter-retrait",))
    banc.take("france-services", "temoin-dedans.csv", *gestes)
    temoin = banc.read_constat("QN09309M", FRANCE_SERVICES)
    expect(temoin["statut"] == "atteint", f"témoin : {temoin['raison']}")
    vus = set()
    for fichier in ("zero.csv", "degres-entiers.csv", "a-lyon.csv", "sans-point.csv"):
        banc.reset()
        avant = banc.read_constat("QN09309M", FRANCE_SERVICES)["statut"]
        dit = banc.take("france-services", fichier, *gestes)
        check_dit(fichier, dit, ("ligne 2",))
        lu = banc.read_constat("QN09309M", FRANCE_SERVICES)
        expect(lu["statut"] == avant, f"{fichier} : {avant} → {lu['statut']} ({lu['raison']})")
        expect("perdu" not in lu["drapeaux"], f"{fichier} : perdu")
        vus.add(lu["statut"])
    return f"quatre points impossibles, dits inconnus ; le statut reste {', '.join(sorted(vus))}"


def play_16(banc: Banc) -> str:
    """A password is named as such."""
    for fichier in ("chiffre.xlsx", "chiffre.ods", "chiffre242.ods"):
        banc.refuse("releves", fichier, dit=("mot de passe",))
    return "trois classeurs protégés, nommés tels"


def play_18(banc: Banc) -> str:
    """Separators that Excel leaves out or adds are no fault of the data."""
    banc.take("releves", "excel-16-lignes.csv")
    lu = banc.read_constat("QN09309M", MONTANT)
    expect(lu["valeur"] == 1024, f"dernière ligne : {lu['valeur']}")
    expect(len(lu["historique"]) == 24, f"{len(lu['historique'])} lignes sur 24")
    for fichier, valeur in (
        ("point-virgule-final.csv", 20000),
        ("colonne-inutile-double.csv", 20000),
    ):
        banc.reset()
        banc.take("releves", fichier)
        lu = banc.read_constat("QN09309M", MONTANT)
        expect(lu["valeur"] == valeur, f"{fichier} : {lu['valeur']}")
    return "24 lignes sur 24, séparateur final et colonne inutile deux fois : lus"


CAS: dict[str, Callable[[Banc], str]] = {
    "02": play_02,
    "03": play_03,
    "05": play_05,
    "09": play_09,
    "12": play_12,
    "14": play_14,
    "15": play_15,
    "16": play_16,
    "18": play_18,
}
