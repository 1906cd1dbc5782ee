// The script of a flame graph; esbuild makes it and what it imports one text. `globalThis.frames` is the tree.
import flamegraph from 'd3-flame-graph';
import { select } from 'd3-selection';

const chart = flamegraph()
  .width(document.body.clientWidth - 20)
  .cellHeight(17)
  .minFrameSize(1)
  .inverted(true)
  .sort(true);
const share = (node) => `${((node.data.value / globalThis.frames.value) * 100).toFixed(1)}%`;
chart.label((node) => `${node.data.name}: ${node.data.value.toFixed(1)} ms, ${share(node)}`);
select('#graph').datum(globalThis.frames).call(chart);
document.getElementById('search').addEventListener('input', ({ target }) => chart.search(target.value));
document.getElementById('reset').addEventListener('click', () => chart.resetZoom());
