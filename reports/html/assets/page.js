// Draws every picture again as a chart that answers to the pointer. Without this script the page shows
// the same pictures, drawn beforehand.
(function () {
  'use strict';
  var lang = document.documentElement.lang;
  var locale = lang === 'en' ? 'EN' : 'NL';

  function draw(holder) {
    var data = document.getElementById(holder.id + '-options');
    var font = getComputedStyle(document.body).fontFamily;
    var option = lvvCharts.prepare(JSON.parse(data.textContent), lang, font);
    holder.style.height = holder.dataset.height + 'px';
    holder.parentNode.classList.add('is-live');
    var chart = echarts.init(holder, null, { renderer: 'svg', locale: locale });
    chart.setOption(option);
    new ResizeObserver(function () {
      if (holder.clientWidth > 0) { chart.resize(); }
    }).observe(holder);
  }

  // A picture is drawn when it comes near the screen, so that the page opens at once.
  var near = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (entry.isIntersecting) {
        near.unobserve(entry.target);
        draw(entry.target.querySelector('.live'));
      }
    });
  }, { rootMargin: '600px' });
  document.querySelectorAll('.canvas').forEach(function (canvas) { near.observe(canvas); });

  // The contents say where the reader is: the last section that has begun.
  var entries = Array.prototype.slice.call(document.querySelectorAll('.toc a')).map(function (a) {
    return { link: a, section: document.getElementById(a.hash.slice(1)) };
  });
  function follow() {
    var here = entries[0];
    entries.forEach(function (e) { if (e.section.getBoundingClientRect().top < window.innerHeight / 3) { here = e; } });
    entries.forEach(function (e) {
      if (e === here) { e.link.setAttribute('aria-current', 'true'); } else { e.link.removeAttribute('aria-current'); }
    });
  }
  if (entries.length) {
    document.addEventListener('scroll', follow, { passive: true });
    follow();
  }

  // Paper shows every table.
  var closed = [];
  window.addEventListener('beforeprint', function () {
    closed = Array.prototype.slice.call(document.querySelectorAll('details:not([open])'));
    closed.forEach(function (d) { d.open = true; });
  });
  window.addEventListener('afterprint', function () {
    closed.forEach(function (d) { d.open = false; });
  });
})();
