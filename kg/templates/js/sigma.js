// ---- renderer for large networks: sigma.js, on WebGL ----

/** The programs of sigma with our shapes and dashes; ours only change how a pixel is coloured. */
function sigmaPrograms() {
  const { NodeCircleProgram, EdgeRectangleProgram, EdgeArrowProgram } = Sigma.rendering;
  // How far a point p outside of each shape is, in units of the radius; y points up.
  const shapes = {
    dot: "length(p) - 0.9",
    square: "max(abs(p.x), abs(p.y)) - 0.66",
    diamond: "(abs(p.x) + abs(p.y)) * 0.7071 - 0.66",
    triangle: "max(abs(p.x) * 0.866 + p.y * 0.5, -p.y) - 0.46",
    triangleDown: "max(abs(p.x) * 0.866 - p.y * 0.5, p.y) - 0.46",
    hexagon: "max(abs(p.x) * 0.866 + abs(p.y) * 0.5, abs(p.y)) - 0.8",
    star: "length(p) - 0.68 - 0.27 * cos(5.0 * atan(p.x, p.y))",
  };
  // One program for all shapes: to compile seven takes a second where there is no GPU.
  const names = Object.keys(shapes);
  const ways = names.map((name, n) => `if (v_shape < ${n}.5) return ${shapes[name]};`).join("\n  ");
  const shaped = class extends NodeCircleProgram {
    getDefinition() {
      const definition = super.getDefinition();
      const shape = { name: "a_shape", size: 1, type: WebGLRenderingContext.FLOAT };
      return {
        ...definition,
        ATTRIBUTES: [...definition.ATTRIBUTES, shape],
        VERTEX_SHADER_SOURCE: definition.VERTEX_SHADER_SOURCE.replace(/void main\(\) \{/,
          "attribute float a_shape;\nvarying float v_shape;\n$&\n  v_shape = a_shape;"),
        FRAGMENT_SHADER_SOURCE: `
precision highp float;
varying vec4 v_color;
varying vec2 v_diffVector;
varying float v_radius;
varying float v_shape;
uniform float u_correctionRatio;
float outline(vec2 p) {
  ${ways}
  return 1.0;
}
void main(void) {
  float outside = outline(v_diffVector / v_radius);
  #ifdef PICKING_MODE
  gl_FragColor = outside > 0.0 ? vec4(0.0) : v_color;
  #else
  float soft = u_correctionRatio * 2.0 / v_radius;
  float rim = smoothstep(-1.7 * soft, -1.0 * soft, outside);
  vec4 inner = mix(v_color, vec4(v_color.rgb * 0.35, v_color.a), rim * 0.9);
  gl_FragColor = mix(inner, vec4(0.0), smoothstep(-0.7 * soft, 0.0, outside));
  #endif
}` };
    }
    processVisibleItem(id, start, node) {
      super.processVisibleItem(id, start, node);
      this.array[start + 5] = names.indexOf(node.shape); // after place (2), size, colour and id
    }
  };
  const dashed = class extends EdgeRectangleProgram {
    getDefinition() {
      const definition = super.getDefinition();
      const source = definition.FRAGMENT_SHADER_SOURCE.replace(/void main\(void\) \{/, `$&
  if (mod(dot(gl_FragCoord.xy, vec2(-v_normal.y, v_normal.x)), 10.0) > 6.0) discard;`);
      return { ...definition, FRAGMENT_SHADER_SOURCE: source };
    }
  };
  return {
    nodes: { shaped },
    edges: { solid: EdgeRectangleProgram, arrow: EdgeArrowProgram, dashed },
  };
}

function sigmaRenderer(box, on) {
  const { nodes: nodeProgramClasses, edges: edgeProgramClasses } = sigmaPrograms();
  const MOST_ARROWS = 2500;
  let drawn = new graphology.Graph({ type: "undirected", multi: false });
  let room = 1; // how much smaller than in a small network nodes are drawn
  let arrows = true;
  let still = true;
  let stillTimer = 0;

  const sigma = new Sigma(drawn, box, {
    renderLabels: false,
    nodeProgramClasses,
    edgeProgramClasses,
    defaultNodeType: "shaped",
    defaultEdgeType: "solid",
    defaultDrawNodeHover: () => {},
    stagePadding: 0,
    zIndex: NODES <= 10000,
    zoomToSizeRatioFunction: (ratio) => (ratio < 1 ? ratio ** 0.3 : ratio ** 0.5),
    minCameraRatio: 0.002,
    maxCameraRatio: 4,
    allowInvalidContainer: true,
    nodeReducer: (i) => {
      const { fill, radius, shape, lit, strong } = nodeLook(Number(i));
      const size = Math.max(radius * room * (strong ? 1.25 : 1), 1.5);
      return { x: X[i], y: -Y[i], color: fill, size, shape, zIndex: lit ? 1 : 0 };
    },
    edgeReducer: (k) => {
      const { colour, width, dashed, lit } = edgeLook(Number(k));
      const plain = !arrows || relationOf(k).symmetric;
      const size = lit ? 1.6 : width * (drawn.size > 2000 ? 0.6 : 0.85);
      return {
        color: colour, size, type: dashed ? "dashed" : plain ? "solid" : "arrow", zIndex: lit ? 1 : 0,
      };
    },
  });

  sigma.on("clickNode", ({ node }) => {
    if (!wasDragged) on.click({ node: Number(node) });
  });
  sigma.on("clickStage", ({ event }) => {
    const edge = edgeAt(event.x, event.y);
    on.click(edge === undefined ? null : { edge });
  });
  sigma.on("enterNode", ({ node }) => on.hover({ node: Number(node) }));
  sigma.on("leaveNode", () => on.hover(null));
  sigma.on("afterRender", () => on.frame(still));
  sigma.getCamera().on("updated", () => {
    still = false;
    window.clearTimeout(stillTimer);
    stillTimer = window.setTimeout(() => {
      still = true;
      on.frame(true);
    }, 140);
  });

  let dragged = null;
  let wasDragged = false;
  sigma.on("downNode", ({ node }) => {
    dragged = Number(node);
    wasDragged = false;
  });
  sigma.getMouseCaptor().on("mousemovebody", (event) => {
    if (dragged === null) return;
    wasDragged = true;
    const { x, y } = sigma.viewportToGraph(event);
    X[dragged] = x;
    Y[dragged] = -y;
    drawn.mergeNodeAttributes(dragged, { x, y });
    event.preventSigmaDefault();
    event.original.preventDefault();
  });
  sigma.getMouseCaptor().on("mouseup", () => { dragged = null; });

  const canvas = box.querySelector("canvas:last-of-type");
  canvas.tabIndex = 0;
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step) {
      const { x, y } = me.centre();
      me.moveTo(x + (step[0] * 60) / me.scale(), y + (step[1] * 60) / me.scale(), me.scale());
    } else if ("+=-".includes(event.key)) {
      me.zoom(event.key === "-" ? 1 / 1.3 : 1.3);
    } else {
      return;
    }
    event.preventDefault();
  });

  const me = {
    name: "sigma.js",
    set() {
      const { width, height } = canvasSize();
      const count = Math.max(shown.nodes.length, 1);
      room = Math.min(0.8, Math.sqrt((width * height) / count) / 100);
      drawn = new graphology.Graph({ type: "undirected", multi: false });
      for (const i of shown.nodes) drawn.addNode(i, { x: X[i], y: -Y[i] });
      for (const k of thinned()) drawn.addEdgeWithKey(k, edges.from[k], edges.to[k]);
      arrows = drawn.size <= MOST_ARROWS;
      if (sigma.getSetting("zIndex") !== count <= 10000) sigma.setSetting("zIndex", count <= 10000);
      // A box of its own: what is drawn must not decide where the camera looks.
      sigma.setCustomBBox({ x: EXTENT.x, y: [-EXTENT.y[1], -EXTENT.y[0]] });
      sigma.setGraph(drawn);
    },
    paint: () => sigma.refresh({ schedule: true }), // several at once are one
    scale() {
      const [a, b] = [me.toScreen(0, 0), me.toScreen(1000, 0)];
      return Math.hypot(b[0] - a[0], b[1] - a[1]) / 1000;
    },
    radius: (i) => sigma.scaleSize(Math.max(nodeRadius(i) * room, 1.5)),
    toScreen: (x, y) => {
      const point = sigma.graphToViewport({ x, y: -y });
      return [point.x, point.y];
    },
    centre() {
      const { width, height } = sigma.getDimensions();
      const point = sigma.viewportToGraph({ x: width / 2, y: height / 2 });
      return { x: point.x, y: -point.y };
    },
    moveTo(x, y, scale) {
      const framed = sigma.viewportToFramedGraph(sigma.graphToViewport({ x, y: -y }));
      const ratio = (sigma.getCamera().ratio * me.scale()) / scale;
      sigma.getCamera().setState({ x: framed.x, y: framed.y, ratio });
    },
    zoom: (factor) => sigma.getCamera().setState({ ratio: sigma.getCamera().ratio / factor }),
    redraw: () => sigma.scheduleRender(),
    resize() {
      const { x, y } = me.centre(); // of the size before
      const scale = me.scale();
      sigma.resize(true);
      sigma.refresh();
      me.moveTo(x, y, scale);
    },
  };
  return me;
}

/** One line a pair: straight lines over each other say no more than one. */
function thinned() {
  const pairs = new Set();
  return shown.edges.filter((k) => {
    const [a, b] = [edges.from[k], edges.to[k]].sort((x, y) => x - y);
    const pair = a * NODES + b;
    if (a === b || pairs.has(pair)) return false;
    pairs.add(pair);
    return true;
  });
}

/** The drawn edge under a point of the screen, if there is one. */
function edgeAt(px, py) {
  let best;
  let nearest = 5; // pixels
  for (const k of shown.edges) {
    const [ax, ay] = renderer.toScreen(X[edges.from[k]], Y[edges.from[k]]);
    const [bx, by] = renderer.toScreen(X[edges.to[k]], Y[edges.to[k]]);
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const part = length ? Math.max(0, Math.min(1, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length)) : 0;
    const distance = Math.hypot(px - ax - part * (bx - ax), py - ay - part * (by - ay));
    if (distance < nearest) [nearest, best] = [distance, k];
  }
  return best;
}
