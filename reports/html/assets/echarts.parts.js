// The parts of ECharts that pictures are drawn with; .ci/echarts makes echarts.js of them.
import {use} from 'echarts/core';
import {BarChart, LineChart, SankeyChart} from 'echarts/charts';
import {AriaComponent, GridComponent, LegendPlainComponent, MarkLineComponent} from 'echarts/components';
import {LabelLayout, LegacyGridContainLabel} from 'echarts/features';
import {SVGRenderer} from 'echarts/renderers';
use([BarChart, LineChart, SankeyChart, AriaComponent, GridComponent, LegendPlainComponent, MarkLineComponent, LabelLayout, LegacyGridContainLabel, SVGRenderer]);
export {init, setPlatformAPI} from 'echarts/core';
