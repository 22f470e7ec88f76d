// lvvDraw draws options of ECharts to SVG, once for each width. A picture must not depend on how busy the machine is or
// on what was drawn before it, so the clock stands still, and chance is always the same: ECharts measures text in one
// way or another by how long measuring takes. It puts off what only an animated chart needs; a still one waits for nothing.
var setTimeout = function () { return 0; }, clearTimeout = setTimeout;
Math.random = function () { return 0.5; };
Date = (function (Real) {
  function Still() { return Reflect.construct(Real, arguments.length ? arguments : [0], new.target || Still); }
  Still.prototype = Real.prototype;
  Real.prototype.constructor = Still;
  Still.UTC = Real.UTC;
  Still.parse = Real.parse;
  Still.now = function () { return 0; };
  return Still;
})(Date);

// lvvMeasure measures text. Without a browser ECharts guesses how wide it is, and guesses low; a label that is measured
// too wide leaves a margin, one that is measured too narrow is cut.
var lvvMeasure = (function () {
  'use strict';
  var widths = {}, sizes = {};
  'ABCDEFGHIJKLMNOPQRSTUVWXYZmw@%€'.split('').forEach(function (c) { widths[c] = 0.78; });
  "iljtf.,:;()' ".split('').forEach(function (c) { widths[c] = 0.4; });
  return function (text, font) {
    var size = sizes[font] || (sizes[font] = parseFloat((/([\d.]+)px/.exec(font) || [0, 12])[1])), width = 0;
    for (var i = 0; i < text.length; i++) { width += widths[text[i]] || 0.64; }
    return {width: width * size};
  };
})();

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

function lvvDraw(json, lang, widths, height, xs) {
  'use strict';
  echarts.setPlatformAPI({measureText: lvvMeasure});
  var chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width: widths[0], height: height});
  chart.setOption(lvvPrepare(JSON.parse(json), lang));
  var drawn = {SVG: [], Plots: [], At: []};
  widths.forEach(function (width, i) {
    if (i > 0) { chart.resize({width: width, height: height}); }
    drawn.SVG.push(chart.renderToSVGString({useViewBox: true}));
    if (!xs.length) { return; }
    var plot = chart.getModel().getComponent('grid', 0).coordinateSystem.getRect();
    drawn.Plots.push([plot.x, plot.y, plot.width, plot.height]);
    if (i === 0) {
      drawn.At = xs.map(function (x) { return (chart.convertToPixel({xAxisIndex: 0}, x) - plot.x) / plot.width; });
    }
  });
  chart.dispose();
  return drawn;
}
