// Numbers and dates as readers see them: shared by the page and by what draws its pictures.
function lvvFormats(lang) {
  'use strict';
  var dutch = lang !== 'en';
  var months = dutch
    ? ['jan', 'feb', 'mrt', 'apr', 'mei', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec']
    : ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  function number(v, digits) {
    var parts = Math.abs(v).toFixed(digits).split('.');
    var whole = parts[0].replace(/\B(?=(\d{3})+$)/g, dutch ? '.' : ',');
    var text = parts[1] ? whole + (dutch ? ',' : '.') + parts[1] : whole;
    return (v < 0 && /[1-9]/.test(text) ? '\u2212' : '') + text;
  }
  function short(v, digits) { return number(v, digits).replace(dutch ? /,0+$/ : /\.0+$/, ''); }
  function euro(v, digits) { return dutch ? '\u20ac\u00a0' + number(v, digits) : '\u20ac' + number(v, digits); }
  function known(f) { return function (v) { return v === null ? '\u2013' : f(v); }; }
  function utc(f) { return function (ms) { return f(new Date(ms)); }; }
  return {
    axis: {
      count: function (v) { return short(v, 1); },
      percent: function (v) { return short(v * 100, 1) + '%'; },
      euro: function (v) { return Math.abs(v) >= 1e6 ? euro(v / 1e6, 1) + (dutch ? ' mln' : 'm') : euro(v, 0); },
      cents: function (v) { return euro(v, 2); },
      days: function (v) { return short(v, 1); },
      date: utc(function (d) { return d.getUTCDate() + '\u00a0' + months[d.getUTCMonth()]; }),
      month: utc(function (d) { return months[d.getUTCMonth()] + (d.getUTCMonth() === 0 ? '\n' + d.getUTCFullYear() : ''); })
    },
    value: {
      count: known(function (v) { return short(v, 1); }),
      percent: known(function (v) { return number(v * 100, 1) + '%'; }),
      euro: known(function (v) { return euro(v, 2); }),
      cents: known(function (v) { return euro(v, 2); }),
      days: known(function (v) { return short(v, 1) + (dutch ? ' dagen' : ' days'); }),
      date: utc(function (d) { return d.getUTCDate() + ' ' + months[d.getUTCMonth()] + ' ' + d.getUTCFullYear(); })
    }
  };
}
