// What a form of declaration gains from a script: a photo made small before it leaves, words kept as they are typed.
// Without it, or should it fail, the photo leaves as it was taken and the « Brouillon » button keeps the words.
const COTE_MAX = 1600;
const POIDS = 400_000;

async function shrink(champ) {
  const photo = champ.files[0];
  if (!photo || !photo.type.startsWith("image/") || photo.size < POIDS) return;
  const image = await createImageBitmap(photo);
  const part = Math.min(1, COTE_MAX / Math.max(image.width, image.height));
  const toile = document.createElement("canvas");
  toile.width = Math.round(image.width * part);
  toile.height = Math.round(image.height * part);
  toile.getContext("2d").drawImage(image, 0, 0, toile.width, toile.height);
  const reduite = await new Promise((suite) => toile.toBlob(suite, "image/jpeg", 0.8));
  if (!reduite || reduite.size >= photo.size || champ.files[0] !== photo) return;
  const envoi = new DataTransfer();
  envoi.items.add(new File([reduite], photo.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" }));
  champ.files = envoi.files;
}

for (const champ of document.querySelectorAll('input[type="file"][name="preuve"]')) {
  champ.addEventListener("change", () => shrink(champ).catch(() => {}));
}

const ATTENTE_MS = 2000; // after the last word typed
const DELAI_MS = 8000; // past it, a line that does not answer has kept nothing

function say(formulaire, texte) {
  const dit = formulaire.querySelector("[data-brouillon]");
  if (dit) dit.textContent = texte;
}

async function keep(formulaire) {
  const mots = new FormData(formulaire);
  mots.delete("preuve"); // a file is heavy: it leaves once, with the form
  mots.set("brouillon", "en-ecrivant");
  const reponse = await fetch(formulaire.action, {
    method: "POST",
    body: mots,
    redirect: "manual", // a session that ended answers so: the words are not kept
    signal: AbortSignal.timeout(DELAI_MS),
  });
  if (reponse.status !== 204) throw new Error(String(reponse.status));
  const heure = new Date().toLocaleTimeString("fr-FR", { hour: "numeric", minute: "2-digit", timeZone: "Europe/Paris" });
  say(formulaire, `Brouillon gardé à ${heure.replace(":", " h ")}.`);
}

function keepAsOneTypes(formulaire) {
  let minuteur = 0;
  let enCours = null;
  let repris = false;
  const begin = () => {
    enCours = keep(formulaire)
      .catch(() => say(formulaire, "Brouillon non gardé."))
      .finally(() => (enCours = null));
  };
  formulaire.addEventListener("input", () => {
    clearTimeout(minuteur);
    minuteur = setTimeout(begin, ATTENTE_MS);
  });
  // A draft still on its way would arrive after the declaration, and live on: it goes first.
  formulaire.addEventListener("submit", (envoi) => {
    clearTimeout(minuteur);
    if (!enCours || repris) return;
    envoi.preventDefault();
    repris = true;
    enCours.finally(() => formulaire.requestSubmit(envoi.submitter));
  });
}

for (const formulaire of document.querySelectorAll("form.declarer")) keepAsOneTypes(formulaire);
