"""Every page, one line each."""

from django.urls import URLPattern, URLResolver, path

from quartiers.web.pages.a_declarer import show_a_declarer
from quartiers.web.pages.accessibilite import show_accessibilite
from quartiers.web.pages.accueil import show_accueil
from quartiers.web.pages.carte import show_carte
from quartiers.web.pages.colonnes_d_import import edit_colonnes
from quartiers.web.pages.compte import close_une_session, edit_mot_de_passe, show_compte
from quartiers.web.pages.comptes import (
    close_un_compte,
    end_un_mandat,
    invite_de_nouveau,
    revoke_une_invitation,
    show_compte_tenu,
    show_comptes,
)
from quartiers.web.pages.connexion import close_session, open_session, open_session_demo
from quartiers.web.pages.contestation import show_contestation
from quartiers.web.pages.contester import contest_figure
from quartiers.web.pages.declaration import cancel, show_declaration
from quartiers.web.pages.declarer import declare
from quartiers.web.pages.deleguer import delegate_un_mandat, end_une_delegation
from quartiers.web.pages.departement import show_departement
from quartiers.web.pages.donnees_personnelles import show_donnees_personnelles
from quartiers.web.pages.engagement import show_engagement
from quartiers.web.pages.enregistrer import record
from quartiers.web.pages.exporter import export_tableau
from quartiers.web.pages.fichiers_d_import import send_annote, send_modele
from quartiers.web.pages.identite import edit_courriel, edit_identite
from quartiers.web.pages.importer import show_essai, show_importer, take_import_back
from quartiers.web.pages.invitation import open_invitation
from quartiers.web.pages.journal import show_journal
from quartiers.web.pages.mentions import show_mentions
from quartiers.web.pages.nommer import (
    change_un_mandat,
    choose_role,
    give_un_mandat,
    invite_quelqu_un,
)
from quartiers.web.pages.papier import (
    print_page_departement,
    print_page_preuve,
    print_page_quartier,
)
from quartiers.web.pages.piece import show_piece
from quartiers.web.pages.plan import show_plan
from quartiers.web.pages.preuve import show_preuve
from quartiers.web.pages.quartier import show_quartier
from quartiers.web.pages.recherche import show_recherche
from quartiers.web.pages.regle import show_regle
from quartiers.web.pages.regles import show_regles
from quartiers.web.pages.retirer import take_back
from quartiers.web.pages.second_facteur import ask_code, edit_second_facteur
from quartiers.web.pages.securite import show_securite
from quartiers.web.pages.sources import show_sources
from quartiers.web.pages.territoire import show_territoire
from quartiers.web.pages.trancher import settle
from quartiers.web.pages.transmettre import cancel_une_transmission, transmettre
from quartiers.web.pages.valider import cancel_lot, validate

urlpatterns: list[URLPattern | URLResolver] = [
    path("", show_accueil, name="accueil"),
    path("connexion/", open_session, name="connexion"),
    path("connexion/demonstration/", open_session_demo, name="connexion_demo"),
    path("connexion/second-facteur/", ask_code, name="second_facteur_connexion"),
    path("deconnexion/", close_session, name="deconnexion"),
    path("invitations/<str:jeton>/", open_invitation, name="invitation"),
    path("compte/", show_compte, name="compte"),
    path("compte/mot-de-passe/", edit_mot_de_passe, name="mot_de_passe"),
    path("compte/second-facteur/", edit_second_facteur, name="second_facteur"),
    path("compte/sessions/<int:numero>/fermer/", close_une_session, name="fermer_session"),
    path("compte/courriel/", edit_courriel, name="changer_courriel"),
    path("compte/deleguer/", delegate_un_mandat, name="deleguer"),
    path("compte/delegations/<int:numero>/fin/", end_une_delegation, name="finir_delegation"),
    path("comptes/", show_comptes, name="comptes"),
    path("comptes/inviter/", choose_role, name="inviter"),
    path("comptes/inviter/<slug:role>/", invite_quelqu_un, name="inviter_role"),
    path("comptes/<int:numero>/", show_compte_tenu, name="compte_tenu"),
    path("comptes/<int:numero>/nommer/", choose_role, name="choisir_role"),
    path("comptes/<int:numero>/nommer/<slug:role>/", give_un_mandat, name="nommer"),
    path("comptes/<int:numero>/lien/", invite_de_nouveau, name="inviter_de_nouveau"),
    path("comptes/<int:numero>/identite/", edit_identite, name="changer_identite"),
    path("comptes/<int:numero>/fermer/", close_un_compte, name="fermer_compte"),
    path("comptes/<int:numero>/transmettre/", transmettre, name="transmettre"),
    path(
        "comptes/transmissions/<int:numero>/annuler/",
        cancel_une_transmission,
        name="annuler_transmission",
    ),
    path("comptes/mandats/<int:numero>/", change_un_mandat, name="changer_mandat"),
    path("comptes/mandats/<int:numero>/fin/", end_un_mandat, name="mettre_fin"),
    path("comptes/liens/<int:numero>/fin/", revoke_une_invitation, name="revoquer_invitation"),
    path("journal/", show_journal, name="journal"),
    path("territoires/<str:code>/", show_territoire, name="territoire"),
    path("territoires/<str:code>/tableau.<str:forme>", export_tableau, name="exporter"),
    path("departements/<str:code>/", show_departement, name="departement"),
    path("quartiers/<str:code>/", show_quartier, name="quartier"),
    path("quartiers/<str:code>/carte.geojson", show_carte, name="carte"),
    path("quartiers/<str:code>/engagements/<str:engagement>/", show_engagement, name="engagement"),
    path("preuves/<str:code>/<str:indicateur>/", show_preuve, name="preuve"),
    path("departements/<str:code>/papier.pdf", print_page_departement, name="papier_departement"),
    path("quartiers/<str:code>/papier.pdf", print_page_quartier, name="papier_quartier"),
    path("preuves/<str:code>/<str:indicateur>/papier.pdf", print_page_preuve, name="papier_preuve"),
    path("preuves/<str:code>/<str:indicateur>/contester/", contest_figure, name="contester"),
    path("contestations/<int:numero>/", show_contestation, name="contestation"),
    path("contestations/<int:numero>/trancher/", settle, name="trancher"),
    path("pieces/<int:numero>/", show_piece, name="piece"),
    path("territoires/<str:code>/declarer/<str:indicateur>/", declare, name="declarer"),
    path(
        "territoires/<str:code>/declarer/<str:indicateur>/<str:genre>/", record, name="enregistrer"
    ),
    path("a-declarer/", show_a_declarer, name="a_declarer"),
    path("declarations/<str:cle>/", show_declaration, name="declaration"),
    path("declarations/<str:cle>/annuler/", cancel, name="annuler_declaration"),
    path("declarations/<str:cle>/retirer/", take_back, name="retirer_declaration"),
    path("valider/", validate, name="valider"),
    path("valider/<int:numero>/annuler/", cancel_lot, name="annuler_lot"),
    path("importer/", show_importer, name="importer"),
    path("importer/modeles/<slug:genre>.<str:forme>", send_modele, name="modele_d_import"),
    path("importer/<int:numero>/", show_essai, name="essai"),
    path("importer/<int:numero>/colonnes/", edit_colonnes, name="colonnes_d_import"),
    path("importer/<int:numero>/annote.xlsx", send_annote, name="fichier_annote"),
    path("importer/<int:numero>/retirer/", take_import_back, name="retirer_import"),
    path("recherche/", show_recherche, name="recherche"),
    path("regles/", show_regles, name="regles"),
    path("regles/<slug:theme>/", show_regle, name="regle"),
    path("sources/", show_sources, name="sources"),
    path("mentions/", show_mentions, name="mentions"),
    path("donnees-personnelles/", show_donnees_personnelles, name="donnees"),
    path("accessibilite/", show_accessibilite, name="accessibilite"),
    path("plan-du-site/", show_plan, name="plan"),
    path(".well-known/security.txt", show_securite, name="securite"),
]
