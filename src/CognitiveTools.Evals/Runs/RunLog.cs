using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace CognitiveTools.Evals.Runs;

/// <summary>
/// The append-only log of a run: <c>run.json</c>, <c>units.jsonl</c> and <c>transcripts/</c> in one directory. A record
/// is on disk when <see cref="AppendAsync"/> returns. One process writes at a time.
/// </summary>
internal sealed class RunLog : IDisposable
{
    private static readonly byte[] LineBreak = "\n"u8.ToArray();

    private readonly RunLock _lock;
    private readonly SafeFileHandle _file;
    private readonly TranscriptStore _transcripts;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Queue<Pending> _waiting = [];
    private readonly string _path;
    private long _length;

    private RunLog(RunLock runLock, SafeFileHandle file, TranscriptStore transcripts, RunHeader header, RunContent content, string path)
    {
        _lock = runLock;
        _file = file;
        _transcripts = transcripts;
        _path = path;
        _length = content.Length;
        Header = header;
        Finished = content.Units;
    }

    /// <summary>The header as it now stands on disk.</summary>
    public RunHeader Header { get; }

    /// <summary>Units that earlier sessions finished.</summary>
    public IReadOnlyDictionary<UnitKey, UnitRecord> Finished { get; }

    /// <summary>Opens the run in a directory, or begins one.</summary>
    /// <exception cref="IOException">Another process writes it.</exception>
    /// <exception cref="InvalidOperationException">The directory holds another run: the message says what differs.</exception>
    /// <exception cref="InvalidDataException">A file of the run is damaged.</exception>
    public static RunLog Open(string directory, RunHeader header, TimeProvider time)
    {
        Directory.CreateDirectory(directory);
        var runLock = RunLock.Take(directory, time);
        SafeFileHandle? file = null;
        try
        {
            var merged = header with { Sessions = [time.GetUtcNow()] };
            if (RunFiles.ReadHeader(directory) is { } earlier)
                merged = RunIdentity.Merge(earlier, merged, directory);
            var transcripts = new TranscriptStore(TranscriptStore.Folder(directory));
            transcripts.Clean();
            AtomicFile.Write(RunFiles.HeaderPath(directory), JsonSerializer.SerializeToUtf8Bytes(merged, RunFormat.Indented.RunHeader));

            var path = RunFiles.UnitsPath(directory);
            var content = RunFiles.ReadUnits(directory);
            file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
            RandomAccess.SetLength(file, content.Length); // drops a last line that a killed writer tore
            RandomAccess.FlushToDisk(file);
            return new RunLog(runLock, file, transcripts, merged, content, path);
        }
        catch
        {
            file?.Dispose();
            runLock.Dispose();
            throw;
        }
    }

    /// <summary>Stores a transcript and returns its hash.</summary>
    /// <exception cref="IOException">The disk is full or failed.</exception>
    public string Store(byte[] transcript)
    {
        try
        {
            return _transcripts.Store(transcript);
        }
        catch (IOException exception)
        {
            throw Failed(exception);
        }
    }

    /// <summary>
    /// Appends a record and waits until it is on disk. Records that wait at the same time share one flush. Takes no
    /// cancellation: work that is done is recorded.
    /// </summary>
    /// <exception cref="IOException">The disk is full or failed; the log was cut back to its last whole record.</exception>
    public async Task AppendAsync(UnitRecord record)
    {
        var pending = new Pending(JsonSerializer.SerializeToUtf8Bytes(record, RunFormat.Lines.UnitRecord));
        lock (_waiting)
            _waiting.Enqueue(pending);
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (!pending.Done)
                WriteWaiting();
        }
        finally
        {
            _turn.Release();
        }

        if (pending.Failure is { } failure)
            throw Failed(failure);
    }

    public void Dispose()
    {
        _turn.Dispose();
        _file.Dispose();
        _lock.Dispose();
    }

    private void WriteWaiting()
    {
        Pending[] batch;
        lock (_waiting)
        {
            batch = [.. _waiting];
            _waiting.Clear();
        }

        IOException? failure = null;
        try
        {
            ReadOnlyMemory<byte>[] lines = [.. batch.SelectMany(static p => new ReadOnlyMemory<byte>[] { p.Line, LineBreak })];
            RandomAccess.Write(_file, lines, _length);
            RandomAccess.FlushToDisk(_file);
            _length += lines.Sum(static l => l.Length);
        }
        catch (IOException exception)
        {
            failure = exception;
            RandomAccess.SetLength(_file, _length);
        }

        foreach (var pending in batch)
            (pending.Done, pending.Failure) = (true, failure);
    }

    private IOException Failed(IOException exception) =>
        new($"The run log '{_path}' could not be written: {exception.Message.TrimEnd('.')}. Finished units are kept; make room and start the same command again.", exception);

    private sealed class Pending(byte[] line)
    {
        public byte[] Line => line;

        public bool Done { get; set; }

        public IOException? Failure { get; set; }
    }
}
