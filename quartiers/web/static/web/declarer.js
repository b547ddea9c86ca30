// Before it is sent, a photo is made small enough for a slow line. Without this script, or should it fail, the photo
// leaves as it was taken: the server draws it again anyway.
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
