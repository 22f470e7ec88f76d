// lvvPrepare gives options their number formats, which are named in them ("lvvFormat") because options are
// plain data; it changes and returns them.
function lvvPrepare(option, lang) {
  'use strict';
  var formats = lvvFormats(lang).axis;
  var base = option.baseOption || option;
  ['xAxis', 'yAxis'].forEach(function (name) {
    (base[name] || []).forEach(function (axis) {
      if (axis.lvvFormat) { (axis.axisLabel = axis.axisLabel || {}).formatter = formats[axis.lvvFormat]; }
    });
  });
  return option;
}
