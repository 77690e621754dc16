using CognitiveTools.Depth;
using CognitiveTools.Latent.Solving;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Recursion;

/// <summary>
/// Answers a puzzle by the steps of a recursive model: trajectories that step together, of which one answers (Generative Recursive
/// Reasoning, arXiv 2605.19376). Seeds, choice and bill are those of latent trajectories of a language model (<see cref="Width"/>).
/// </summary>
/// <remarks>
/// Reading a puzzle is one prompt position for each cell; each row that a step sends through a stack of layers is a latent position. A
/// stack is a part of the network, so this overstates the cost.
/// </remarks>
/// <param name="model">The model.</param>
/// <param name="setup">Steps, width and choice.</param>
/// <param name="time">The clock.</param>
internal sealed class RecursiveReasoner(IRecursiveModel model, RecursiveOptions setup, TimeProvider time) : IReasoner
{
    /// <inheritdoc/>
    public Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(options);
        return new Solve(model, setup, question, options, time).SolveAsync(cancellationToken);
    }

    private sealed class Solve(
        IRecursiveModel model, RecursiveOptions setup, Question question, SolveOptions options, TimeProvider time)
        : SolveFrame(options, time)
    {
        protected override async Task<StopReason> RunAsync(CancellationToken cancellationToken)
        {
            var trajectories = model.Begin(
                question.Text, [.. Enumerable.Range(0, setup.Width).Select(i => Width.Seed(Options.Seed, setup.Width, i))]);
            var room = (Options.Budget.Positions / setup.Width - model.Cells) / model.RowsPerStep;
            if (setup.Width > 1 && !model.Varies)
                Note("all trajectories are equal: the model has no noise");
            if (room < 1)
                return Limit("positions");
            var steps = 0;
            try
            {
                for (; steps < Math.Min(setup.Steps, room); steps++)
                    await trajectories.StepAsync(cancellationToken);
            }
            finally
            {
                var one = new Usage { Prompt = model.Cells, Latent = (long)steps * model.RowsPerStep };
                Usage = Width.Bill(Usage, [.. Enumerable.Repeat(one, setup.Width)], 0);
            }

            Conclude(trajectories.Read());
            return steps < setup.Steps ? Limit("positions") : StopReason.Completed;
        }

        private void Conclude(IReadOnlyList<RecursiveAnswer> answers)
        {
            Branch[] branches =
            [
                .. answers.Select(static (answer, i) => new Branch(i, answer.Text, Chosen: false) { Confidence = answer.Value }),
            ];
            var chosen = setup.Width == 1 ? branches : Width.Choose(setup.Choice, question, branches);
            Answer = chosen.FirstOrDefault(static branch => branch.Chosen)?.Text ?? chosen[0].Text;
            Add(new Said(Answer));
            if (setup.Width == 1)
                return;
            foreach (var branch in chosen)
                Add(branch);
        }
    }
}
