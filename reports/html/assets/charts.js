// What the page and the renderer of the static pictures share: the options are plain data, so number
// formats are named in them ("lvvFormat") and given their functions here.
var lvvCharts = (function () {
  'use strict';

  function formats(lang) {
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
    function short(v, digits) {
      return number(v, digits).replace(dutch ? /,0+$/ : /\.0+$/, '');
    }
    function euro(v, digits) { return dutch ? '\u20ac\u00a0' + number(v, digits) : '\u20ac' + number(v, digits); }
    function missing(v) { return v === null || v === undefined || v === '-' || v !== v; }
    function guard(f) { return function (v) { return missing(v) ? '\u2013' : f(Array.isArray(v) ? v[1] : v); }; }
    function date(v) {
      var d = new Date(v);
      return d.getUTCDate() + ' ' + months[d.getUTCMonth()] + ' ' + d.getUTCFullYear();
    }
    function dayMonth(v) {
      var d = new Date(v);
      return d.getUTCDate() + '\u00a0' + months[d.getUTCMonth()];
    }
    function month(v) {
      var d = new Date(v);
      var name = months[d.getUTCMonth()];
      return d.getUTCMonth() === 0 ? name + '\n' + d.getUTCFullYear() : name;
    }
    var days = dutch ? ' dagen' : ' days';
    return {
      axis: {
        count: function (v) { return short(v, 1); },
        percent: function (v) { return short(v * 100, 1) + '%'; },
        euro: function (v) { return Math.abs(v) >= 1e6 ? euro(v / 1e6, 1) + (dutch ? ' mln' : 'm') : euro(v, 0); },
        cents: function (v) { return euro(v, 2); },
        days: function (v) { return short(v, 1); },
        date: dayMonth,
        month: month
      },
      value: {
        count: guard(function (v) { return short(v, 1); }),
        percent: guard(function (v) { return number(v * 100, 1) + '%'; }),
        euro: guard(function (v) { return euro(v, 2); }),
        days: guard(function (v) { return short(v, 1) + days; }),
        date: guard(date)
      },
      pointer: {
        days: function (p) { return short(p.value, 0) + days; },
        date: function (p) { return date(p.value); },
        month: function (p) { return date(p.value); }
      }
    };
  }

  function axes(option, f) {
    ['xAxis', 'yAxis'].forEach(function (name) {
      (option[name] || []).forEach(function (axis) {
        var format = axis.lvvFormat;
        if (!format) { return; }
        axis.axisLabel = axis.axisLabel || {};
        axis.axisLabel.formatter = f.axis[format];
        if (f.pointer[format]) {
          axis.axisPointer = { label: { formatter: f.pointer[format] } };
        }
      });
    });
  }

  // prepare gives the options their number formats, and the font in which the page shows labels, so
  // that they are measured in it; it changes and returns them.
  function prepare(option, lang, font) {
    var f = formats(lang);
    var base = option.baseOption || option;
    axes(base, f);
    if (font) {
      base.textStyle.fontFamily = font;
      // An axis measures its labels before the font above is known to it.
      ['xAxis', 'yAxis'].forEach(function (name) {
        (base[name] || []).forEach(function (axis) { (axis.axisLabel = axis.axisLabel || {}).fontFamily = font; });
      });
    }
    if (base.lvvFormat && base.tooltip) {
      base.tooltip.valueFormatter = f.value[base.lvvFormat];
    }
    return option;
  }

  return { prepare: prepare };
})();
