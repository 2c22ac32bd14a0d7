internal import Core

// Every rule was run on the arrays of `Oracle/trainers`, and docs/trainers.md has what was printed.
extension Trainer {
  /// Every trainer there is. A new one is a row here.
  package static let all: [Trainer] = [
    Trainer(
      "keras", "loss, val_loss", byImagesVoidIsZero, for: [.keras],
      versions: "Keras 3 (3.15.1)",
      note: "By images on every backend, whatever the reduction within a batch.",
      source: "Keras 3.15.1: keras/src/backend/tensorflow/trainer.py, train_step"),
    Trainer(
      "keras.output", "an output's own loss, a_loss", byBatchesVoidIsZero, for: [.keras],
      versions: "Keras 3 (3.15.1) on TensorFlow",
      note:
        "Of a model with several outputs, in TensorFlow's graph: there the size of a batch is not known when the graph is made, and every batch counts alike. `loss` itself, other backends and run_eagerly=True go by images.",
      source: "Keras 3.15.1: keras/src/trainers/compile_utils.py, CompileLoss"),
    Trainer(
      "keras.metric", "a function among metrics", byBatchesVoidIsZero, for: [.keras],
      versions: "Keras 3 (3.15.1)",
      note:
        "Of a function that returns one number a batch, and not one a pixel: every batch counts alike.",
      source: "Keras 3.15.1: keras/src/metrics/reduction_metrics.py, MeanMetricWrapper"),
    Trainer(
      "keras.train_on_batch", "what train_on_batch and test_on_batch return",
      "last(1)(batch else 0)", for: [.keras], versions: "Keras 3 (3.15.1)",
      note: "Of the last batch.",
      source: "Keras 3.15.1: keras/src/backend/tensorflow/trainer.py, train_on_batch"),
    Trainer(
      "tf_keras", "loss, val_loss, a_loss", byImages, for: [.keras],
      versions: "tf_keras 2 (2.21.0)", note: "With ignore_class a batch without a pixel is NaN.",
      source: "tf_keras 2.21.0: engine/compile_utils.py, LossesContainer"),
    Trainer(
      "lightning", "val_loss, train_loss_epoch", byImages,
      versions: "PyTorch Lightning 2 (2.6.6)",
      note:
        "self.log with on_epoch weighs each batch by the first dimension of the first tensor in it, which usually is its images.",
      source: "Lightning 2.6.6: pytorch/trainer/connectors/logger_connector/result.py, update"),
    Trainer(
      "lightning.lists", "val_loss, train_loss_epoch", byBatches,
      versions: "PyTorch Lightning 2 (2.6.6)",
      note:
        "Where a batch is a list of images, or begins with a scalar: its first dimension is then the same in every batch. batch_size= in self.log mends it.",
      source: "Lightning 2.6.6: pytorch/utilities/data.py, extract_batch_size"),
    Trainer(
      "lightning.step", "train_loss, train_loss_step", lastBatch,
      versions: "PyTorch Lightning 2 (2.6.6)",
      note: "self.log in training_step keeps the last batch unless on_epoch=True is said.",
      source: "Lightning 2.6.6: pytorch/trainer/connectors/logger_connector/result.py, compute"),
    Trainer(
      "torchgeo", "val_loss", byImages, versions: "TorchGeo 0.8.1 with Lightning 2.6.6",
      source: "TorchGeo 0.8.1: trainers/segmentation.py, validation_step"),
    Trainer(
      "huggingface.eval", "eval_loss", byImagesWithoutNaN,
      versions: "Transformers 5.23 and later (5.24.0)",
      note: "A batch that is not finite is left out, unless all are.",
      source: "Transformers 5.24.0: trainer.py, evaluation_loop"),
    Trainer(
      "huggingface-5.22.eval", "eval_loss", byImages,
      versions: "Transformers up to 5.22 (4.57.1, 5.22.2)",
      source: "Transformers 5.22.2: trainer.py, evaluation_loop"),
    Trainer(
      "huggingface.train", "loss", byBatches, versions: "Transformers 5 (5.24.0)",
      note:
        "The mean over the optimizer's steps since the line before. With N batches accumulated to a step, models whose forward() takes **kwargs print N times as much.",
      source: "Transformers 5.24.0: trainer.py, _maybe_log_save_evaluate",
      except: .emptyBatches(
        "a loss that is not finite is replaced by a number that depends on the lines of the log")),
    Trainer(
      "fastai.valid", "valid_loss", byImages, versions: "fastai 2 (2.8.12)",
      source: "fastai 2.8.12: learner.py, AvgLoss"),
    Trainer(
      "fastai.train", "train_loss", "ema(0.98)(batch else nan)", versions: "fastai 2 (2.8.12)",
      note: "Of the training's batches, which are shuffled; it begins anew every epoch.",
      source: "fastai 2.8.12: learner.py, AvgSmoothLoss"),
    Trainer(
      "ignite.Loss", "the metric Loss", byImages, versions: "ignite 0.5 (0.5.5)",
      source: "ignite 0.5.5: metrics/loss.py, update"),
    Trainer(
      "ignite.Average", "the metric Average", byBatches, versions: "ignite 0.5 (0.5.5)",
      source: "ignite 0.5.5: metrics/accumulation.py"),
    Trainer(
      "ignite.RunningAverage", "the metric RunningAverage", "running(0.98)(batch else nan)",
      versions: "ignite 0.5 (0.5.5)",
      note: "Of a first epoch: it keeps the first batch and is not begun anew in the next.",
      source: "ignite 0.5.5: metrics/running_average.py, compute"),
    Trainer(
      "skorch", "train_loss, valid_loss", byImages, versions: "skorch 1 (1.4.0)",
      source: "skorch 1.4.0: callbacks/scoring.py, PassthroughScoring"),
    Trainer(
      "timm", "the loss in brackets", byImages, versions: "timm 1 (1.0.22)",
      source: "timm 1.0.22: utils/metrics.py, AverageMeter"),
    Trainer(
      "timm.val", "the loss before the brackets", lastBatch, versions: "timm 1 (1.0.22)",
      source: "timm 1.0.22: utils/metrics.py, AverageMeter"),
    Trainer(
      "poutyne", "loss, val_loss", byImages, versions: "Poutyne 1 (1.19.0)",
      source: "Poutyne 1.19.0: framework/metrics/decomposable.py"),
    Trainer(
      "pytorch_accelerated", "train_loss_epoch, eval_loss_epoch", byImages,
      versions: "pytorch-accelerated 0.1 (0.1.61)",
      source: "pytorch-accelerated 0.1.61: tracking.py, LossTracker"),
    Trainer(
      "catalyst", "loss of a loader", byImages, versions: "Catalyst 22 (22.4)",
      source: "Catalyst 22.4: metrics/_additive.py"),
    Trainer(
      "smp.Epoch", "the line of an epoch", byBatches,
      versions: "segmentation_models_pytorch 0.6.0, utils.train",
      note: "Losses and scores alike: an IoU is the mean of the batches' IoU.",
      source: "smp 0.6.0: utils/train.py, Epoch.run"),
    Trainer(
      "nnunet", "train_loss, val_loss", byBatches, versions: "nnU-Net 2 (2.8.1)",
      source: "nnU-Net 2.8.1: training/nnUNetTrainer/nnUNetTrainer.py, on_validation_epoch_end"),
    Trainer(
      "torchmetrics.MeanMetric", "MeanMetric().update(loss)", byBatchesWithoutNaN,
      versions: "torchmetrics 1 (1.9.0)", note: "NaN is left out with a warning.",
      source: "torchmetrics 1.9.0: aggregation.py, MeanMetric"),
    Trainer(
      "composer", "metrics", byBatches, versions: "Composer 0.32.1",
      source: "Composer 0.32.1: metrics/metrics.py, LossMetric"),
    Trainer(
      "composer.batch", "loss/train/total", lastBatch, versions: "Composer 0.32.1",
      source: "Composer 0.32.1: trainer/trainer.py, _train_batch"),
    Trainer(
      "ultralytics", "val/… of results.csv", byBatches, versions: "Ultralytics 8 (8.4.190)",
      source: "Ultralytics 8.4.190: engine/validator.py, __call__"),
    Trainer(
      "torchbearer", "loss, val_loss", byBatches, versions: "torchbearer 0.5.5",
      source: "torchbearer 0.5.5: metrics/aggregators.py, Mean"),
    Trainer(
      "argus", "train_loss, val_loss", byBatches, versions: "argus 1 (1.1.0)",
      source: "argus 1.1.0: utils.py, AverageMeter"),
    Trainer(
      "fastestimator", "the line of an evaluation", byBatches, versions: "FastEstimator 1 (1.7.0)",
      source: "FastEstimator 1.7.0: trace/trace.py, EvalEssential"),
    Trainer(
      "mmengine.val", "val_loss", byBatches, versions: "MMEngine 0.10 (0.10.7)",
      source: "MMEngine 0.10.7: runner/loops.py, ValLoop"),
    Trainer(
      "mmengine", "loss", "last(10)(batch else nan)", versions: "MMEngine 0.10 (0.10.7)",
      note: "The last ten iterations, across epochs: here of one epoch.",
      source: "MMEngine 0.10.7: runner/log_processor.py, _collect_scalars"),
    Trainer(
      "detectron2", "total_loss", "median(20)(batch else nan)", versions: "Detectron2 (02b5c4e)",
      source: "Detectron2: utils/events.py, EventStorage.latest_with_smoothing_hint"),
    Trainer(
      "torchvision", "the loss before the brackets", "low-median(20)(batch else nan)",
      versions: "torchvision's references (058f331)",
      source: "torchvision: references/segmentation/utils.py, SmoothedValue.median"),
    Trainer(
      "torchvision.global", "the loss in brackets", byBatches,
      versions: "torchvision's references (058f331)",
      source: "torchvision: references/segmentation/utils.py, SmoothedValue.global_avg"),
    Trainer(
      "monai.StatsHandler", "train_loss", lastBatch, versions: "MONAI 1 (1.6.1)",
      note: "A line an iteration; this is the last one's.",
      source: "MONAI 1.6.1: handlers/stats_handler.py, _default_iteration_print"),
  ]

  private static let byImages = "mean(batch, by: images else nan)"
  private static let byImagesWithoutNaN = "mean(batch, by: images)"
  private static let byImagesVoidIsZero = "mean(batch, by: images else 0)"
  private static let byBatches = "mean(batch else nan)"
  private static let byBatchesWithoutNaN = "mean(batch)"
  private static let byBatchesVoidIsZero = "mean(batch else 0)"
  private static let lastBatch = "last(1)(batch else nan)"
}
