# What `make demo` shows: build the graph, look into it, ask one question, write files.
set -eu
mkdir -p out
echo "== Build the graph from data/"
kg build
echo
echo "== What is in it"
kg query -e 'SELECT ?kind (COUNT(DISTINCT ?x) AS ?number) {
  { ?x a akt:Actor BIND("actors" AS ?kind) } UNION
  { ?x a akt:Undertaking BIND("programmes and projects" AS ?kind) } UNION
  { ?x a akt:Statement BIND("statements" AS ?kind) } UNION
  { ?x a akt:Quoted BIND("statements with their passage" AS ?kind) } UNION
  { ?x a akt:Source BIND("sources" AS ?kind) } } GROUP BY ?kind ORDER BY DESC(?number)' --format table
echo
echo "== Who leads the Zentrum digitale Arbeit, with which partners, and who says so"
kg query -e 'SELECT ?member ?memberLabel ?relation ?quote ?source {
  VALUES ?relation { akt:leadsConsortium akt:partnerIn }
  ?s rdf:predicate ?relation ; rdf:subject ?member ; rdf:object ent:zentrum-digitale-arbeit ;
     prov:wasDerivedFrom ?source ; akt:evidence/oa:hasSelector/oa:exact ?quote .
  ?member skos:prefLabel ?memberLabel FILTER(LANG(?memberLabel) = "de")
} ORDER BY ?relation ?memberLabel' --format table
echo
echo "== Files"
kg network -o out/network.html
kg export -o out/graph.ttl
kg export -o out/graph.jsonld
ls out/network.html out/graph.ttl out/graph.jsonld
echo
echo "Next: open out/network.html in a browser; then try"
echo "  .venv/bin/kg show ACOD"
echo "  .venv/bin/kg queries"
echo "  .venv/bin/kg query programme -p programme=Zukunftszentren --format table"
