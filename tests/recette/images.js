/* What a machine can see on a page: sizes, clipped or overlapping texts, targets, fonts. `largeur`: the window. */
(largeur) => {
  const fautes = [];
  const dire = (quoi, e, detail) => {
    const texte = (e.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 40);
    const classe = e.getAttribute('class');
    fautes.push(`${quoi} : <${e.tagName.toLowerCase()}${classe ? '.' + classe.trim().replace(/\s+/g, '.') : ''}> « ${texte} » ${detail}`);
  };
  const cache = (e) => e.closest('.hors-vue, .sprite, .acces-rapide, defs, symbol') !== null
    || (e.closest('thead') && getComputedStyle(e.closest('thead')).clipPath !== 'none')
    || [...chemin(e)].some((p) => getComputedStyle(p).clipPath === 'inset(50%)');
  function* chemin(e) { for (let p = e; p; p = p.parentElement) yield p; }
  if (document.documentElement.scrollWidth > largeur) fautes.push(`défilement horizontal : ${document.documentElement.scrollWidth} px`);

  // every piece of text as it is drawn
  const textes = [];
  const marche = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (marche.nextNode()) {
    const noeud = marche.currentNode;
    const e = noeud.parentElement;
    if (!noeud.nodeValue.trim() || !e || !e.checkVisibility() || ['SCRIPT', 'STYLE', 'TITLE', 'OPTION'].includes(e.tagName) || cache(e)) continue;
    const s = getComputedStyle(e);
    if (s.visibility === 'hidden' || s.display === 'none') continue;
    const plage = document.createRange();
    plage.selectNodeContents(noeud);
    const cadres = [...plage.getClientRects()].filter((r) => r.width > 1 && r.height > 1);
    if (!cadres.length) continue;
    const m = e.ownerSVGElement && e.getScreenCTM ? e.getScreenCTM() : null;
    const taille = parseFloat(s.fontSize) * (m ? Math.hypot(m.a, m.b) : 1);
    textes.push({ e, cadres, taille });
  }
  const vus = new Set();
  for (const { e, cadres, taille } of textes) {
    const petite = e.closest('.tuiles svg') && largeur <= 760 ? 7 : 13.9; // tile numbers on a phone: their table is below
    if (taille < petite && !vus.has(e)) { vus.add(e); dire('texte petit', e, `${taille.toFixed(1)} px`); }
    for (const r of cadres) {
      if (r.right > largeur + 1 || r.left < -1) { dire('texte hors de la fenêtre', e, `${Math.round(r.left)}–${Math.round(r.right)}`); break; }
    }
  }
  // a skip link that has no focus is nowhere on the page
  for (const e of document.querySelectorAll('.acces-rapide a')) {
    const r = e.getBoundingClientRect();
    if (e.checkVisibility() && e !== document.activeElement && r.right > 0) dire('accès rapide qui se voit', e, `${Math.round(r.left)}–${Math.round(r.right)}`);
  }
  // texts cut by their own box
  for (const e of document.querySelectorAll('body *')) {
    if (cache(e) || e instanceof SVGElement) continue;
    const s = getComputedStyle(e);
    if (s.overflowX === 'visible' || !e.textContent.trim()) continue;
    if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1 && e.tagName !== 'SELECT') dire('texte coupé', e, `${e.scrollWidth} > ${e.clientWidth}`);
  }
  // texts over one another: two lines of two elements, each drawn where the other is
  const couvre = (e) => {
    const barre = e.closest('.barre-fixe');
    return Boolean(barre && getComputedStyle(barre).position === 'sticky' && !/, 0\)$|transparent/.test(getComputedStyle(barre).backgroundColor));
  };
  const boites = textes.flatMap(({ e, cadres }) => cadres.map((r) => ({ e, g: r.left, d: r.right, h: r.top + r.height * 0.28, b: r.bottom - r.height * 0.28 })));
  boites.sort((a, b) => a.h - b.h);
  const paires = new Set();
  for (let i = 0; i < boites.length; i++) {
    for (let j = i + 1; j < boites.length && boites[j].h < boites[i].b; j++) {
      const a = boites[i], b = boites[j];
      if (a.e === b.e || a.e.contains(b.e) && a.g === b.g) continue;
      if (couvre(a.e) !== couvre(b.e)) continue; // a bar that stays at the foot covers what scrolls beneath, whole
      if (Math.min(a.d, b.d) - Math.max(a.g, b.g) > 2 && !paires.has(a.e)) { paires.add(a.e); dire('textes superposés', a.e, `et « ${b.e.textContent.trim().slice(0, 30)} »`); }
    }
  }
  // targets: 24 px, save a link inside a sentence, and one whose 24 px circle touches no other target
  const cibles = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, textarea')]
    .filter((e) => e.checkVisibility() && !cache(e)).map((e) => ({ e, r: e.getBoundingClientRect() })).filter(({ r }) => r.width > 0 && r.height > 0);
  const centre = (r) => [(r.left + r.right) / 2, (r.top + r.bottom) / 2];
  for (const { e, r } of cibles) {
    if (r.width >= 23.5 && r.height >= 23.5) continue;
    const bloc = e.parentElement.closest('p, li, td, th, dd, dt, figcaption, span, small, div');
    const ligne = getComputedStyle(e).display.startsWith('inline');
    if (ligne && bloc && bloc.textContent.trim().length > e.textContent.trim().length + 3) continue;
    const [x, y] = centre(r);
    const proche = cibles.some(({ e: autre, r: q }) => {
      if (autre === e || autre.contains(e) || e.contains(autre) || couvre(autre) !== couvre(e)) return false;
      const dx = Math.max(q.left - x, 0, x - q.right), dy = Math.max(q.top - y, 0, y - q.bottom);
      const petit = q.width < 23.5 || q.height < 23.5;
      const [u, v] = centre(q);
      return Math.hypot(dx, dy) < 11.5 || (petit && Math.hypot(u - x, v - y) < 23.5);
    });
    if (proche) dire('cible petite', e, `${r.width.toFixed(0)} × ${r.height.toFixed(0)}`);
  }
  const voulues = new Set(textes.map(({ e }) => getComputedStyle(e).fontFamily.split(',')[0].replaceAll('"', '')));
  const chargees = new Set([...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family.replaceAll('"', '')));
  for (const police of voulues) if (!chargees.has(police)) fautes.push(`police absente : ${police}`);
  return { fautes, textes: textes.length, polices: [...voulues].sort() };
}
