// ---- renderer for networks of some hundred nodes: vis-network, on a 2D canvas ----

function visRenderer(box, on) {
  const drawnNodes = new vis.DataSet();
  const drawnEdges = new vis.DataSet();
  const network = new vis.Network(box, { nodes: drawnNodes, edges: drawnEdges }, {
    physics: { enabled: false },
    layout: { improvedLayout: false, randomSeed: 1 },
    interaction: {
      hover: true,
      hoverConnectedEdges: false,
      selectConnectedEdges: false,
      selectable: false,
      keyboard: { enabled: true, bindToWindow: false },
    },
    nodes: { borderWidth: 1, font: { size: 0 } },
    edges: { width: 1.3, hoverWidth: 1.2, arrows: { to: { scaleFactor: 0.55 } } },
  });

  // From far away nodes and lines are drawn larger, so that they stay to be seen.
  const LEAST_RADIUS = 4;
  const LEAST_WIDTH = 0.9;
  let far = { node: 1, edge: 1 };
  const adapt = () => {
    const scale = network.getScale();
    const now = {
      node: Math.max(1, LEAST_RADIUS / (12 * scale)), edge: Math.max(1, LEAST_WIDTH / (1.3 * scale)),
    };
    // In steps: to draw all anew with every turn of the wheel is slow.
    if (Math.abs(Math.log(now.node / far.node)) < 0.12 && Math.abs(Math.log(now.edge / far.edge)) < 0.12) return;
    far = now;
    me.paint();
  };

  const node = (i) => {
    const { fill, border, radius, shape, strong } = nodeLook(i);
    const colour = { background: fill, border };
    return {
      id: i, x: X[i], y: Y[i], shape, size: radius * far.node,
      borderWidth: strong ? 2.5 : 1,
      color: { ...colour, hover: colour, highlight: colour },
    };
  };
  const edge = (k) => {
    const { colour, width, dashed } = edgeLook(k);
    const { roundness, clockwise, loop } = bendOf(k);
    return {
      id: k, from: edges.from[k], to: edges.to[k], width: width * far.edge,
      dashes: dashed ? [7 * far.edge, 5 * far.edge] : false,
      arrows: relationOf(k).symmetric ? "" : "to",
      color: { color: colour, hover: colour, highlight: colour },
      smooth: roundness
        ? { enabled: true, type: clockwise ? "curvedCW" : "curvedCCW", roundness } : false,
      selfReference: { size: 20 + 14 * loop },
    };
  };

  network.on("click", ({ pointer }) => {
    const i = network.getNodeAt(pointer.DOM);
    const k = network.getEdgeAt(pointer.DOM);
    on.click(i !== undefined ? { node: i } : k !== undefined ? { edge: k } : null);
  });
  network.on("hoverNode", (event) => on.hover({ node: event.node }));
  network.on("hoverEdge", (event) => on.hover({ edge: event.edge }));
  for (const name of ["blurNode", "blurEdge"]) network.on(name, () => on.hover(null));
  network.on("dragging", ({ nodes: dragged }) => dragged.forEach(noteDragged));
  network.on("dragEnd", ({ nodes: dragged }) => dragged.forEach(noteDragged));
  network.on("zoom", adapt);
  network.on("afterDrawing", () => on.frame());

  function noteDragged(i) {
    const { x, y } = network.getPosition(i);
    X[i] = x;
    Y[i] = y;
  }

  const me = {
    name: "vis-network",
    set() {
      drawnEdges.clear();
      drawnNodes.clear();
      drawnNodes.add(shown.nodes.map(node));
      drawnEdges.add(shown.edges.map(edge));
    },
    paint() {
      drawnNodes.update(shown.nodes.map(node));
      drawnEdges.update(shown.edges.map(edge));
      network.redraw();
    },
    scale: () => network.getScale(),
    radius: (i) => nodeRadius(i) * far.node * network.getScale(),
    toScreen: (x, y) => {
      const point = network.canvasToDOM({ x, y });
      return [point.x, point.y];
    },
    centre: () => network.getViewPosition(),
    moveTo(x, y, scale) {
      network.moveTo({ position: { x, y }, scale });
      adapt();
    },
    zoom(factor) {
      network.moveTo({ scale: Math.min(Math.max(network.getScale() * factor, 0.02), 6) });
      adapt();
    },
    redraw: () => network.redraw(),
    resize() {
      network.setSize("100%", "100%");
      network.redraw();
    },
  };
  return me;
}
