using System.Text.Json;
using CognitiveTools.Files;
using Microsoft.Win32.SafeHandles;

namespace CognitiveTools.Evals.Runs;

/// <summary>
/// The append-only log of a run: <c>run.json</c>, <c>units.jsonl</c> and <c>transcripts/</c> in one directory. A record
/// is on disk when <see cref="AppendAsync(UnitRecord)"/> returns. One process writes at a time.
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

    /// <summary>The header as it is on disk now.</summary>
    public RunHeader Header { get; }

    /// <summary>Units that earlier sessions finished.</summary>
    public IReadOnlyDictionary<UnitKey, UnitRecord> Finished { get; }

    /// <summary>Opens the run in a directory, or begins one.</summary>
    /// <exception cref="IOException">Another process writes it.</exception>
    /// <exception cref="InvalidOperationException">The directory holds another run: the message says what differs.</exception>
    /// <exception cref="InvalidDataException">A file of the run is damaged.</exception>
    public static RunLog Open(string directory, RunHeader header, TimeProvider time)
    {
        NewFolder.Make(directory, "The run directory", "Choose another one with --run (RunOptions.Directory).");
        var runLock = RunLock.Take(directory, time);
        SafeFileHandle? file = null;
        try
        {
            var merged = header with { Sessions = [time.GetUtcNow()] };
            if (RunFiles.ReadHeader(directory) is { } earlier)
                merged = RunIdentity.Merge(earlier, merged, directory);
            var transcripts = new TranscriptStore(directory);
            transcripts.Clean();
            AtomicFile.Write(RunFiles.HeaderPath(directory), JsonSerializer.SerializeToUtf8Bytes(merged, RunFormat.Indented<RunHeader>()));

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
    /// cancellation: finished work is recorded.
    /// </summary>
    /// <exception cref="IOException">The disk is full or failed; the log was cut back to its last whole record.</exception>
    public Task AppendAsync(UnitRecord record) => AppendAsync([record]);

    /// <summary>Appends records with one flush and waits until they are on disk, all of them or none.</summary>
    /// <exception cref="IOException">The disk is full or failed; the log was cut back to its last whole record.</exception>
    public async Task AppendAsync(IReadOnlyCollection<UnitRecord> records)
    {
        using var lines = new MemoryStream();
        foreach (var record in records)
        {
            JsonSerializer.Serialize(lines, record, RunFormat.Line<UnitRecord>());
            lines.Write(LineBreak);
        }

        var pending = new Pending(lines.GetBuffer().AsMemory(0, (int)lines.Length));
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
            ReadOnlyMemory<byte>[] lines = [.. batch.Select(static p => p.Lines)];
            RandomAccess.Write(_file, lines, _length);
            RandomAccess.FlushToDisk(_file);
            if (!File.Exists(_path))
            {
                // An open file can be written although it was removed.
                throw new FileNotFoundException("the file was removed while the run went on", _path);
            }

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

    private IOException Failed(IOException exception)
    {
        var remedy = File.Exists(_path)
            ? "Finished units are kept; make room and start the same command again."
            : "The run's folder or its units.jsonl was removed, and its finished units with it. "
                + "Start the command again, and leave the folder in place while it runs.";
        return new IOException($"The run log '{_path}' could not be written: {exception.Message.TrimEnd('.')}. {remedy}", exception);
    }

    private sealed class Pending(ReadOnlyMemory<byte> lines)
    {
        public ReadOnlyMemory<byte> Lines => lines;

        public bool Done { get; set; }

        public IOException? Failure { get; set; }
    }
}
