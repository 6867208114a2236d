(function () {
  var table = document.getElementById('reports');
  var words = document.getElementById('words');
  var worst = document.getElementById('worst');
  var shown = document.getElementById('shown');
  if (!table || !words) { return; }
  var rows = Array.prototype.slice.call(table.tBodies[0].rows);
  var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
  function apply() {
    var wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    var least = worst.value;
    var count = 0;
    rows.forEach(function (row, at) {
      var keep = wanted.every(function (word) { return texts[at].indexOf(word) >= 0; })
        && (!least || row.getAttribute('data-worst') === least);
      row.hidden = !keep;
      if (keep) { count += 1; }
    });
    shown.textContent = count;
  }
  words.addEventListener('input', apply);
  worst.addEventListener('change', apply);
  apply();
})();
