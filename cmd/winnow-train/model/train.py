"""Grows the forests of winnow's block model.

winnow-train writes a directory: x.u8 (features × rows, bytes), y.f32, w.f32
(label and weight of each row), fold.u8 and spec.json; this writes <name>.bin
next to them for each fold held out and for none ("all"). The layout is that of
filter/model/trees.go.
"""

import json
import pathlib
import struct
import sys

import numpy as np
from catboost import CatBoostClassifier, Pool

DEPTH = 6


def pack(model, features):
    """The forest in bytes; leaves are log-odds in 1/1024."""
    path = pathlib.Path(sys.argv[1]) / "model.json"
    model.save_model(str(path), format="json")
    grown = json.loads(path.read_text())
    scale, bias = grown["scale_and_bias"]
    if isinstance(bias, list):
        bias = bias[0]
    out = [struct.pack("<Ii", len(grown["oblivious_trees"]), round(bias * 1024))]
    for tree in grown["oblivious_trees"]:
        splits = tree["splits"] or []
        leaves = tree["leaf_values"]
        for split in splits:
            column, shift = features[split["float_feature_index"]]
            # x > border, over integers, is x >= floor(border) + 1
            out.append(struct.pack("<BbB", column, shift, int(split["border"]) + 1))
        for _ in range(DEPTH - len(splits)):  # a shallow tree: repeat a level that nothing passes
            out.append(struct.pack("<BbB", 0, 0, 127))
            leaves = leaves + leaves
        out.extend(struct.pack("<h", round(v * scale * 1024)) for v in leaves)
    return b"".join(out)


def main():
    where = pathlib.Path(sys.argv[1])
    spec = json.loads((where / "spec.json").read_text())
    features = spec["features"]
    y, w = (np.fromfile(where / f"{n}.f32", np.float32) for n in "yw")
    fold = np.fromfile(where / "fold.u8", np.uint8)
    x = np.memmap(where / "x.u8", np.uint8, "r").reshape(len(features), len(y))
    x = np.ascontiguousarray(x.T).astype(np.float32)
    for out in spec["out"]:  # fold numbers, or 255 for none held out
        rows = fold != out
        model = CatBoostClassifier(
            iterations=spec["trees"], depth=DEPTH, learning_rate=spec["rate"], l2_leaf_reg=3, rsm=0.2,
            border_count=64, bootstrap_type="MVS", subsample=0.7, boosting_type="Plain", score_function="L2",
            leaf_estimation_iterations=1, thread_count=spec["threads"], random_seed=7,
            logging_level="Silent", allow_writing_files=False)
        model.fit(Pool(x[rows], y[rows].astype(int), weight=w[rows]))
        name = "all" if out == 255 else str(out)
        (where / f"{name}.bin").write_bytes(pack(model, features))
        print(f"{where.name} {name}: {rows.sum()} rows", file=sys.stderr, flush=True)


main()
