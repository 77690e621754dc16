using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Steering;
using CognitiveTools.Steering;
using CsCheck;

namespace CognitiveTools.Llama.Tests.Engine;

public sealed class BatchPlannerTests
{
    [Fact]
    public async Task No_job_starves_and_no_batch_is_overfull_or_mixes_kinds()
    {
        await using var engine = TestModels.Engine();
        Gen.Select(Gen.Int[1, 40], Gen.Bool).Array[1, 20].Sample(shapes =>
        {
            using var batch = new BatchBuffer(32, 4);
            var planner = new BatchPlanner(batch, oneSequencePerBatch: false);
            var jobs = shapes.Select(Job (shape, i) => NewJob(engine, i, shape.Item1, shape.Item2)).ToList();
            var rounds = 0;
            while (jobs.Count > 0)
            {
                // Each round of four kinds serves some rows; 20 jobs of 40 rows are 800 rows, 32 at most at a time.
                Assert.True(++rounds <= 200, "the planner makes no progress");
                var hidden = planner.Plan(jobs, batch.Capacity);
                Assert.InRange(batch.RowCount, 1, batch.Capacity);
                Assert.Equal(batch.RowCount, planner.Entries.Sum(static e => e.Rows));
                foreach (var entry in planner.Entries)
                {
                    Assert.Equal(batch.IsEmbedding, entry.Job.IsEmbedding);
                    Assert.True(!hidden || entry.Rows == 1, "every row of a hidden batch is an output");
                    Assert.True(hidden || entry.OutputRow < 0, "these jobs want hidden states with their last row");
                    entry.Job.Done += entry.Rows;
                }

                jobs.RemoveAll(static j => j.Remaining == 0);
            }
        });
    }

    [Fact]
    public async Task Where_not_all_prompts_fit_each_has_its_turn_before_one_has_its_second()
    {
        const int Prompts = 64, Room = 64, Share = 32;
        await using var engine = TestModels.Engine();
        using var batch = new BatchBuffer(Room, 4);
        var planner = new BatchPlanner(batch, oneSequencePerBatch: false);
        var jobs = Enumerable.Range(0, Prompts).Select(Job (i) => NewJob(engine, i, rows: 200, isEmbedding: false)).ToList();
        for (var turn = 1; turn <= 3; turn++)
        {
            for (var round = 0; round < Prompts * Share / Room; round++)
            {
                planner.Plan(jobs, Room);
                planner.Entries.ForEach(static entry => entry.Job.Done += entry.Rows);
            }

            Assert.All(jobs, job => Assert.Equal(turn * Share, job.Done));
        }
    }

    [Fact]
    public async Task No_batch_mixes_rows_that_are_steered_differently_and_none_of_them_starves()
    {
        await using var engine = TestModels.Engine();
        var vector = new ControlVector([KeyValuePair.Create(1, new float[4])]);
        AppliedSteering? SteeringOf(int strength) => strength == 0 ? null : new(vector, strength);
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 3]).Array[1, 20].Sample(shapes =>
        {
            using var batch = new BatchBuffer(32, 4);
            var planner = new BatchPlanner(batch, oneSequencePerBatch: false);
            var jobs = shapes.Select((shape, i) => new SteeredJob(engine, i, shape.Item1, SteeringOf(shape.Item2))).ToList();
            for (var rounds = 0; jobs.Count > 0; rounds++)
            {
                Assert.True(rounds <= 400, "the planner makes no progress");
                planner.Plan([.. jobs], batch.Capacity);
                foreach (var entry in planner.Entries)
                {
                    Assert.Equal(planner.Steering, entry.Job.Steering);
                    Assert.True(planner.Steering is null || entry.Rows == 1, "only the last row of a prompt is steered");
                    entry.Job.Done += entry.Rows;
                }

                jobs.RemoveAll(static j => j.Remaining == 0);
            }
        });
    }

    private sealed class SteeredJob : Job
    {
        private readonly AppliedSteering? _steering;

        public SteeredJob(LlamaEngine engine, int lane, int rows, AppliedSteering? steering)
            : base(new EngineSequence(engine) { Lane = new Lane(new SequenceId(lane)) }, CancellationToken.None) =>
            (Tokens, Rows, _steering) = (new int[rows], rows, steering);

        internal override bool LastRowApart => _steering is not null;

        internal override AppliedSteering? Steering => Remaining == 1 ? _steering : null;

        internal override void OnOutput(NativeContext context, int row)
        {
        }

        internal override void Fail(Exception error)
        {
        }
    }

    private static AppendJob NewJob(LlamaEngine engine, int lane, int rows, bool isEmbedding)
    {
        var sequence = new EngineSequence(engine) { Lane = new Lane(new SequenceId(lane)) };
        return isEmbedding
            ? new AppendJob(sequence, new float[rows * 4], rows, CancellationToken.None)
            : new AppendJob(sequence, new int[rows], CancellationToken.None);
    }
}
