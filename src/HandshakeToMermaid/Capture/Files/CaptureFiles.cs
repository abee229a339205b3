using HandshakeToMermaid.Limits;

namespace HandshakeToMermaid.Capture.Files;

/// <summary>Opens captures: pcap and pcapng, plain or in gzip, recognised by their content.</summary>
internal static class CaptureFiles
{
    /// <summary>
    /// Opens what the user named and reads it as one capture in time order. Each path is a file, a directory (its own files, not
    /// those of its subdirectories), a pattern with <c>*</c>, <c>?</c> and <c>[...]</c> that the shell left alone, or <c>-</c> for
    /// standard input. Files of a directory or pattern that are not captures are skipped; a file that is named
    /// must be one, but among several it may end inside its header, which is a damage.
    /// </summary>
    /// <param name="paths">What the user named.</param>
    /// <param name="limits">The caps that hold.</param>
    /// <param name="standardInput">What <c>-</c> reads; the process's own where it is null.</param>
    /// <param name="cancellation">Ends the reading; what was read until then was no damage.</param>
    /// <exception cref="CaptureException">One of them is missing, is not a capture, or may not be read.</exception>
    public static ICaptureSource Open(IReadOnlyList<string> paths, AnalyzerLimits limits, Stream? standardInput = null, CancellationToken cancellation = default)
    {
        if (paths.Count == 0) throw new CaptureException("No capture was named.");
        var inputs = new List<CaptureInput>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            foreach (var input in InputsOf(path, standardInput, cancellation))
            {
                if (seen.Add(input.FullPath ?? StandardInput)) inputs.Add(input);
            }
        }

        if (inputs is [{ IsNamed: true }]) return OpenOne(inputs[0], limits);
        var set = CaptureSet.Open(inputs, limits);
        if (!set.IsEmpty) return set;
        set.Dispose();
        throw new CaptureException($"{string.Join(", ", paths)} contains no capture: no file there is pcap, pcapng or one of these in gzip.");
    }

    /// <summary>Opens the capture in a stream and reads it to its end; the source owns the stream and closes it.</summary>
    /// <param name="stream">A file or a pipe, at its start.</param>
    /// <param name="name">What the capture is called.</param>
    /// <param name="limits">The caps that hold.</param>
    /// <exception cref="CaptureException">It is not a capture.</exception>
    public static ICaptureSource Open(Stream stream, string name, AnalyzerLimits limits) => OpenOne(CaptureInput.OfStream(stream, name, CancellationToken.None), limits);

    private static CaptureReader OpenOne(CaptureInput input, AnalyzerLimits limits)
    {
        var notes = new CaptureNotes(limits);
        var reader = input.TryOpen(limits, notes, sparing: false, out var failure) ?? throw failure.For(input.Name);
        if (!reader.CanHoldKeyLogs || !input.CanOpenAgain) return reader;
        input.LookThrough(limits, notes);
        notes.HasAllKeyLogs = true;
        return reader;
    }

    private static IEnumerable<CaptureInput> InputsOf(string path, Stream? standardInput, CancellationToken cancellation)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)) throw new CaptureException("The name of a capture is empty or contains a NUL byte.");
        if (path == "-") return [CaptureInput.OfStream(standardInput ?? Console.OpenStandardInput(), StandardInput, cancellation)];
        if (Directory.Exists(path)) return FilesOf(path, cancellation);
        if (File.Exists(path) || !FilePattern.IsPattern(path)) return [CaptureInput.OfFile(path, isNamed: true, cancellation)];
        var found = FilePattern.Expand(path);
        if (found.Count == 0) throw new CaptureException($"{path} matches no file.");
        return found.SelectMany(p => Directory.Exists(p) ? FilesOf(p, cancellation) : [CaptureInput.OfFile(p, isNamed: false, cancellation)]);
    }

    private static IEnumerable<CaptureInput> FilesOf(string directory, CancellationToken cancellation)
    {
        try
        {
            var files = Directory.GetFiles(directory);
            Array.Sort(files, StringComparer.Ordinal);
            return files.Select(f => CaptureInput.OfFile(f, isNamed: false, cancellation));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CaptureException($"{directory} cannot be listed: {FileFailure.Reason(e)}.", e);
        }
    }

    private const string StandardInput = "standard input";
}
