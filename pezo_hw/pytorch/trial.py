"""Whether a model is its two parts, tried on a few samples before anything is kept."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from ..errors import ConfigError, PezoError, first_line
from ..training.gradients import with_gradients, without_gradients
from .model_cut import Inputs, ModelCut

# How far the two parts may be off the model, of the largest number.
_SLACK = 1e-5


def require_eval(model: nn.Module) -> None:
    """Refuses a model with a part in training mode, where dropout is another function each time.

    Raises
    ------
    ConfigError
        Naming the part; also for what is no module.
    """
    if not isinstance(model, nn.Module):
        raise ConfigError("model", type(model).__name__, "a torch.nn.Module")
    for name, module in model.named_modules():
        if module.training:
            part = f"in training mode ({name or type(model).__name__})"
            raise ConfigError("model", part, "one in evaluation mode, model.eval()")


def tried(model: nn.Module, cut: ModelCut, inputs: Inputs) -> torch.Tensor:
    """The hidden states of these inputs, once the suffix makes of them what the model does.

    Zero beyond a text's end, where a batch has padding.

    Parameters of the suffix that the frozen layers use as well (a position bias that all layers
    share) require no gradient from here on: what is kept would be of another model once they move.

    Raises
    ------
    PezoError
        Where it makes something else, or nothing.
    """
    try:
        hidden, expected, found = _both(model, cut, inputs)
    except (PezoError, MemoryError):
        raise
    except Exception as error:  # a model of somebody else's fails in as many ways as there are
        why = first_line(str(error))
        raise _refusal(model, f"does not run ({type(error).__name__}: {why})") from None
    if expected.shape != found.shape or not torch.isfinite(expected).all():
        raise _refusal(model, f"gives {tuple(found.shape)} or no finite numbers")
    off = float((expected - found).abs().max()) / max(float(expected.abs().max()), 1e-30)
    if off > _SLACK:
        raise _refusal(model, f"gives something else (off by {off:.2g} of the largest number)")
    return hidden


def _both(
    model: nn.Module, cut: ModelCut, inputs: Inputs
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The hidden states, and what the model and the suffix make of the inputs."""
    mask = inputs.get("attention_mask")
    made = with_gradients(lambda: _hidden_and_what_made_it(cut, inputs)).detach()
    hidden = made if mask is None else made * mask[..., None].to(made)
    expected = _first(without_gradients(lambda: model(**inputs)))
    suffix_inputs = cut.suffix_inputs(hidden, mask)
    found = _first(without_gradients(lambda: cut.suffix(**suffix_inputs)))
    return hidden, _of_tokens(expected, mask), _of_tokens(found, mask)


def _hidden_and_what_made_it(cut: ModelCut, inputs: Inputs) -> torch.Tensor:
    """The hidden states; parameters of the suffix that they come of are frozen."""
    hidden = cut.hidden(inputs)
    _freeze_what_made(hidden, cut.suffix)
    return hidden


def _freeze_what_made(hidden: torch.Tensor, suffix: nn.Module) -> None:
    if not hidden.requires_grad:
        return
    trained = [parameter for parameter in suffix.parameters() if parameter.requires_grad]
    slopes = torch.autograd.grad(hidden.sum(), trained, allow_unused=True)
    for parameter, slope in zip(trained, slopes, strict=True):
        if slope is not None:
            parameter.requires_grad_(False)


def _first(output: Any) -> torch.Tensor:
    """The logits, or the last hidden states, of whatever a model gives."""
    return output.double() if isinstance(output, torch.Tensor) else output[0].double()


def _of_tokens(output: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
    """Of an output for each token those of tokens that there are."""
    return output if mask is None or output.shape[:2] != mask.shape else output[mask.bool()]


def _refusal(model: nn.Module, what: str) -> PezoError:
    name = type(model).__name__
    allowed = "a model that goes through its layers in order, and data that it can read"
    return PezoError(f"{name} in two parts {what}; allowed: {allowed}")
