using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Llama.Engine;

// Which token comes next, and to which text it belongs: thoughts, marks, grammar.
internal sealed partial class GenerateJob
{
    // Once a grammar binds visible text, nothing in it is a mark: a text within it may look like one.
    private bool IsBound => _thoughts is null || (_sampler.IsBinding && !_thoughts.IsOpen && (_thoughts.HasAnswer || _hasShown));

    // A grammar binds the visible text only. As long as there is none, the model may begin a mark instead.
    private TokenId? Next(NativeContext context, int row)
    {
        if (_thoughts is not null && !IsBound)
        {
            if (_thoughts.NextForced() is { } forced)
            {
                _sampler.Accept(forced);
                return forced;
            }

            if (_thoughts.IsFree)
            {
                var free = _sampler.SampleFree(context.Pointer, row);
                if (!_thoughts.IsOpen)
                    _sampler.Watch(free);
                var endsTurn = _tokenizer.IsEndOfTurn(free.Value) && !_ignoresEndOfTurn;
                var token = _thoughts.Prolong(free, endsTurn);
                if (_thoughts.TakesBack)
                    return TakeBack(forwarded: _sampled.Count);
                if (token == free)
                    token = _thoughts.AnswerAt(free, endsTurn);
                return token == free ? token
                    : Instead(token);
            }

            if (_sampler.IsBound && _thoughts.MayThink && !_thoughts.HasAnswer && !_hasShown
                && _sampler.SampleFree(context.Pointer, row) is var first && _thoughts.IsMark(first))
            {
                _sampler.Watch(first);
                return first;
            }
        }

        return _sampler.Sample(context.Pointer, row);
    }

    // Puts "Wait" in the place of the tokens that ended the thought, of which the lane holds all but the last one at most.
    private TokenId TakeBack(int forwarded)
    {
        var generated = _sampled.Count;
        var first = _thoughts!.TakeBack(_sampled);
        _takenBack += generated - _sampled.Count;
        _margins?.RemoveRange(_sampled.Count, _margins.Count - _sampled.Count);
        CutTo = Sequence.Lane!.Length - (forwarded - _sampled.Count);
        return Instead(first);
    }

    // The sampler remembers a token in the place of the one that it chose.
    private TokenId Instead(TokenId token)
    {
        _sampler.Remember(_sampled);
        _sampler.Accept(token);
        return token;
    }

    /// <returns>Whether a stop sequence of the visible text is complete.</returns>
    private bool AppendText(TokenId token)
    {
        var shown = _shown.Of(token);
        if (_thoughts is not null && !IsBound && (shown.IsEmpty || _thoughts.IsOpen || _thoughts.IsMark(token)))
        {
            var isStopped = _thoughts.Append(token, _text);
            if (_thoughts.IsOpen || !_thoughts.IsFree)
                _sampler.EndWatch(isText: _thoughts is { IsOpen: false, HasAnswer: true });
            return isStopped;
        }

        _thoughts?.Finish(_text); // what may have begun a mark
        _hasShown |= !shown.IsEmpty;
        return _text.Append(shown.IsEmpty ? _tokenizer.Piece(token) : shown);
    }
}
