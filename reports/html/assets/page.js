// What the page does beyond being read: it tells values under the pointer and by the arrow keys, says what a
// figure means where it stands, saves and links to it, sorts tables, searches the definitions and follows the
// reader in the contents. Without it everything is still there to be read.
(function () {
  'use strict';
  var lang = document.documentElement.lang;
  var formats = lvvFormats(lang);
  var words = read('words');

  function read(id) {
    var e = document.getElementById(id);
    return e ? JSON.parse(e.textContent) : null;
  }
  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  function make(tag, className, text) {
    var e = document.createElement(tag);
    if (className) { e.className = className; }
    if (text) { e.textContent = text; }
    return e;
  }
  function shown(e) { return e.getBoundingClientRect().width > 0; }

  // Pictures over time tell their values.
  function heading(data, i) {
    if (data.names) { return data.names[i]; }
    return data.x === 'date' ? formats.value.date(data.days[i] * 864e5) : formats.value.days(data.days[i]);
  }
  function tell(canvas) {
    var data = read(canvas.id + '-data');
    if (!data) { return; }
    var box = make('div', 'tip'), line = make('div', 'cursor'), at = -1;
    box.setAttribute('role', 'status');
    box.hidden = line.hidden = true;
    canvas.append(line, box);
    canvas.tabIndex = 0;
    canvas.setAttribute('role', 'group');
    canvas.setAttribute('aria-label', words.arrows);

    function plot() {
      var svg = all('svg', canvas).filter(shown)[0];
      var p = svg.dataset.plot.split(' ').map(Number), view = svg.viewBox.baseVal;
      var r = svg.getBoundingClientRect(), c = canvas.getBoundingClientRect(), scale = r.width / view.width;
      return {left: r.left - c.left + p[0] * scale, top: r.top - c.top + p[1] * scale, width: p[2] * scale, height: p[3] * scale, room: c.width};
    }
    function show(i) {
      var p = plot(), x = p.left + p.width * data.at[i] / 1e4;
      at = i;
      box.textContent = '';
      box.append(make('strong', '', heading(data, i)));
      data.series.forEach(function (name, j) {
        var text = formats.value[data.format || 'count'](data.rows[i][j]);
        box.append(make('span', '', name ? name + ': ' + text : text));
      });
      box.hidden = line.hidden = false;
      line.style.transform = 'translate(' + x + 'px,' + p.top + 'px)';
      line.style.height = p.height + 'px';
      var left = x + 12 + box.offsetWidth > p.room ? x - 12 - box.offsetWidth : x + 12;
      box.style.transform = 'translate(' + Math.max(0, Math.min(left, p.room - box.offsetWidth)) + 'px,' + p.top + 'px)';
    }
    function hide() { at = -1; box.hidden = line.hidden = true; }
    canvas.addEventListener('pointermove', function (e) {
      var p = plot(), x = (e.clientX - canvas.getBoundingClientRect().left - p.left) / p.width * 1e4, best = 0;
      if (x < -500 || x > 10500) { hide(); return; }
      data.at.forEach(function (a, i) { if (Math.abs(a - x) < Math.abs(data.at[best] - x)) { best = i; } });
      if (best !== at) { show(best); }
    });
    canvas.addEventListener('pointerleave', hide);
    canvas.addEventListener('blur', hide);
    canvas.addEventListener('keydown', function (e) {
      var last = data.at.length - 1;
      var to = {ArrowRight: Math.min(last, at + 1), ArrowLeft: Math.max(0, at < 0 ? last : at - 1), Home: 0, End: last}[e.key];
      if (e.key === 'Escape') { hide(); }
      if (to === undefined) { return; }
      e.preventDefault();
      show(to);
    });
  }

  // What is saved is what the page says, as numbers: with a comma in Dutch, as spreadsheets expect.
  function csv(rows) {
    var dutch = lang !== 'en', apart = dutch ? ';' : ',';
    return '\ufeff' + rows.map(function (row) {
      return row.map(function (v) {
        var text = typeof v === 'number' ? String(v).replace('.', dutch ? ',' : '.') : v === null ? '' : v;
        if (typeof v === 'string' && /^[=+\-@\t\r]/.test(v) && isNaN(Number(v))) { text = "'" + text; } // not a formula
        return /[";,\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
      }).join(apart);
    }).join('\r\n') + '\r\n';
  }
  function dataRows(data) {
    return [[data.title || ''].concat(data.series)].concat(data.rows.map(function (row, i) {
      var head = data.names ? data.names[i] : data.x === 'date' ? new Date(data.days[i] * 864e5).toISOString().slice(0, 10) : data.days[i];
      return [head].concat(row);
    }));
  }
  function cellValue(td) {
    var v = td.dataset.v;
    if (v === undefined) { v = td.classList.contains('number') && /^\d+$/.test(td.textContent) ? td.textContent : null; }
    return v === null || isNaN(Number(v)) ? v : Number(v);
  }
  function visibleText(e) {
    var hidden = e.querySelector('[aria-hidden]');
    return (hidden || e).textContent.trim();
  }
  function tableRows(table) {
    return all('tr', table).map(function (tr) {
      return all('th, td', tr).map(function (cell) {
        var v = cellValue(cell);
        return v === null ? visibleText(cell) : v;
      });
    });
  }
  function save(name, blob) {
    var a = make('a');
    a.href = URL.createObjectURL(blob);
    a.download = name;
    document.body.append(a);
    a.click();
    a.remove();
    setTimeout(function () { URL.revokeObjectURL(a.href); }, 1e4);
  }
  function saveCSV(name, rows) { save(name + '.csv', new Blob([csv(rows)], {type: 'text/csv;charset=utf-8'})); }

  // A picture is saved in the colours and the font in which it stands, on the colour of its card.
  function savePNG(name, svg, title) {
    var style = getComputedStyle(svg), view = svg.viewBox.baseVal, head = 34, scale = 2;
    var copy = svg.cloneNode(true);
    copy.setAttribute('width', view.width);
    copy.setAttribute('height', view.height);
    copy.setAttribute('font-family', getComputedStyle(document.body).fontFamily);
    var text = new XMLSerializer().serializeToString(copy).replace(/var\((--[\w-]+)\)/g, function (_, property) {
      return style.getPropertyValue(property).trim();
    });
    var image = new Image();
    image.onload = function () {
      var canvas = make('canvas');
      canvas.width = view.width * scale;
      canvas.height = (view.height + head) * scale;
      var g = canvas.getContext('2d');
      g.scale(scale, scale);
      g.fillStyle = style.getPropertyValue('--lvv-surface').trim();
      g.fillRect(0, 0, view.width, view.height + head);
      g.fillStyle = style.getPropertyValue('--lvv-ink').trim();
      g.font = '600 15px ' + getComputedStyle(document.body).fontFamily;
      g.fillText(title, 8, 22, view.width - 16);
      g.drawImage(image, 0, head, view.width, view.height);
      canvas.toBlob(function (blob) { save(name + '.png', blob); });
    };
    image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(text);
  }

  function copyLink(id, button) {
    var link = location.href.split('#')[0] + '#' + id;
    function done() { button.textContent = words.copied; }
    function byHand() {
      var field = make('textarea');
      field.value = link;
      document.body.append(field);
      field.select();
      if (document.execCommand('copy')) { done(); } else { location.hash = id; }
      field.remove();
      button.focus();
    }
    if (navigator.clipboard) { navigator.clipboard.writeText(link).then(done, byHand); } else { byHand(); }
  }

  // At every figure: what it means, and what can be done with it.
  function tools(figure) {
    var details = make('details', 'tools'), summary = make('summary', '', words.tools), row = make('p', 'row');
    var title = figure.querySelector('h3').firstChild.textContent;
    summary.append(make('span', 'hidden', ': ' + title));
    details.append(summary, row);
    function button(text, act) {
      var b = make('button', '', text);
      b.type = 'button';
      b.addEventListener('click', function () { act(b); });
      row.append(b);
    }
    var canvases = all('.canvas', figure), canvas = canvases.length === 1 ? canvases[0] : null, data = canvas && read(canvas.id + '-data'), table = figure.querySelector('table');
    if (data) { button(words.dataCSV, function () { saveCSV(figure.id + '-' + words.series, dataRows(data)); }); }
    if (table) { button(words.tableCSV, function () { saveCSV(figure.id, tableRows(table)); }); }
    if (canvas) { button(words.png, function () { savePNG(figure.id, all('svg', canvas).filter(shown)[0], title); }); }
    if (!row.children.length && !figure.dataset.about) { return; }
    button(words.link, function (b) { copyLink(figure.id, b); });
    details.addEventListener('toggle', function () {
      if (details.querySelector('dl')) { return; }
      var dl = make('dl');
      (figure.dataset.about || '').split(' ').forEach(function (id) {
        var entry = id && document.getElementById('def-' + id);
        if (entry) {
          var copy = entry.cloneNode(true);
          copy.removeAttribute('id');
          dl.append(copy);
        }
      });
      if (dl.children.length) { details.append(dl); }
    });
    figure.append(details);
  }

  // Tables are sorted by any column: up, down, and as they were. What has no value comes last.
  function sortable(table) {
    var body = table.tBodies[0], rows = Array.prototype.slice.call(body.rows), heads = all('thead th', table);
    if (rows.length < 3) { return; }
    heads.forEach(function (th, column) {
      if (th.classList.contains('trend')) { return; }
      var button = make('button', 'sort');
      button.type = 'button';
      while (th.firstChild) { button.append(th.firstChild); }
      th.append(button);
      button.addEventListener('click', function () {
        var next = {ascending: 'descending', descending: ''}[th.getAttribute('aria-sort')];
        if (next === undefined) { next = 'ascending'; }
        heads.forEach(function (other) { other.removeAttribute('aria-sort'); });
        if (next) { th.setAttribute('aria-sort', next); }
        var sign = next === 'descending' ? -1 : 1;
        var number = th.classList.contains('number');
        function key(row) {
          var cell = row.cells[column], v = cellValue(cell);
          return v !== null ? v : number ? null : visibleText(cell);
        }
        var sorted = !next ? rows : rows.slice().sort(function (a, b) {
          var x = key(a), y = key(b);
          if (x === null || y === null) { return (x === null) - (y === null); }
          return sign * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), lang, {numeric: true}));
        });
        sorted.forEach(function (row) { body.append(row); });
      });
    });
  }

  // A table that is wider than its place says so.
  function cue(scroll) {
    var note = make('p', 'cue', words.aside);
    note.hidden = true;
    scroll.before(note);
    new ResizeObserver(function () { note.hidden = scroll.scrollWidth <= scroll.clientWidth + 1; }).observe(scroll);
  }

  function search(section) {
    var label = make('label', 'search', words.search), field = make('input'), count = make('p', 'note');
    field.type = 'search';
    count.setAttribute('role', 'status');
    label.append(field);
    section.querySelector('.lead').after(label, count);
    field.addEventListener('input', function () {
      var asked = field.value.trim().toLowerCase(), hits = 0;
      all('details.definitions', section).forEach(function (area) {
        var here = 0;
        all('.entry', area).forEach(function (entry) {
          var hit = entry.textContent.toLowerCase().indexOf(asked) >= 0;
          entry.hidden = !hit;
          if (hit) { here++; }
        });
        area.hidden = here === 0;
        area.open = asked !== '' && here > 0;
        hits += here;
      });
      count.textContent = asked ? words.hits.replace('%d', hits) : '';
    });
  }

  // The contents say where the reader is: the last part that has begun.
  function follow() {
    var entries = all('.toc a').map(function (a) { return {link: a, section: document.getElementById(a.hash.slice(1))}; });
    if (!entries.length) { return; }
    function mark() {
      var here = entries[0];
      entries.forEach(function (e) { if (e.section.getBoundingClientRect().top < window.innerHeight / 3) { here = e; } });
      entries.forEach(function (e) {
        if (e === here) { e.link.setAttribute('aria-current', 'true'); } else { e.link.removeAttribute('aria-current'); }
      });
    }
    document.addEventListener('scroll', mark, {passive: true});
    mark();
  }

  all('.canvas').forEach(tell);
  all('figure[id], .part[id]').forEach(tools);
  all('main table').forEach(sortable);
  all('.scroll').forEach(cue);
  all('#definitions').forEach(search);
  follow();

  // Paper shows every table, and nothing that only works on a screen.
  var closed = [];
  window.addEventListener('beforeprint', function () {
    closed = all('details:not([open]):not(.tools)');
    closed.forEach(function (d) { d.open = true; });
  });
  window.addEventListener('afterprint', function () { closed.forEach(function (d) { d.open = false; }); });
})();
