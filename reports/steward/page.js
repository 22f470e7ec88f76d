'use strict';
const field = document.getElementById('search');
if (field) field.addEventListener('input', () => {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let left = 0;
  for (const article of document.querySelectorAll('article')) {
    const about = [...article.querySelectorAll('h3, dl')].map(e => e.textContent).join(' ').toLowerCase();
    let any = false;
    for (const row of article.querySelectorAll('tbody tr')) {
      const text = about + ' ' + row.textContent.toLowerCase();
      row.hidden = !words.every(w => text.includes(w));
      any = any || !row.hidden;
      left += row.hidden ? 0 : 1;
    }
    article.hidden = !any && !words.every(w => about.includes(w));
  }
  for (const section of document.querySelectorAll('section')) section.hidden = !section.querySelector('article:not([hidden])');
  document.getElementById('found').textContent = words.length ? String(left) : '';
});
