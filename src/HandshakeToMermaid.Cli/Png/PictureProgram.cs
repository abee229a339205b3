using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Cli.Files;

namespace HandshakeToMermaid.Cli.Png;

/// <summary>A program on the user's <c>PATH</c> that turns an SVG into a PNG. It works in a directory that only the user may enter.</summary>
/// <param name="location">The whole path of the program.</param>
internal abstract class PictureProgram(string location)
{
    /// <summary>One sentence on what is missing and where it comes from.</summary>
    public const string HowToGetOne
        = "a PNG needs rsvg-convert or Chromium, and neither is on the PATH: install librsvg (apt install librsvg2-bin, brew install librsvg) or Chromium, or write an SVG (-o x.svg), which every browser opens.";

    /// <summary>The whole path of the program.</summary>
    public string Location => location;

    /// <summary>The first one that is installed; null where there is none. rsvg-convert comes first, for it starts a hundred times faster than a browser.</summary>
    public static PictureProgram? Find()
    {
        if (SearchPath.Find("rsvg-convert") is { } converter) return new RsvgConvert(converter);
        return Browsers.Select(SearchPath.Find).FirstOrDefault(found => found is not null) is { } browser ? new HeadlessChromium(browser) : null;
    }

    /// <summary>Paints a picture of ours.</summary>
    /// <returns>The bytes of a PNG.</returns>
    /// <exception cref="OutputException">The program cannot be run, took too long or painted nothing.</exception>
    public byte[] Paint(string svg, PictureSize size)
    {
        var folder = MakeFolder();
        try
        {
            var (source, target) = (Path.Combine(folder, "picture.svg"), Path.Combine(folder, "picture.png"));
            File.WriteAllText(source, svg);
            var said = ProgramRun.ToTheEnd(location, Arguments(source, target, size), TimeLimit);
            return Read(target) ?? throw new OutputException($"{location} drew no PNG{(said.Length == 0 ? "" : $": {said}")}.");
        }
        catch (Exception e) when (FileFailure.IsOne(e))
        {
            throw new OutputException($"the PNG cannot be drawn in {folder}: {FileFailure.Reason(e)}.", e);
        }
        finally
        {
            Remove(folder);
        }
    }

    /// <summary>What the program is called with.</summary>
    /// <param name="source">The SVG, a path of ours.</param>
    /// <param name="target">Where the PNG is expected.</param>
    /// <param name="size">The size of the SVG.</param>
    protected abstract IEnumerable<string> Arguments(string source, string target, PictureSize size);

    /// <summary>Where the program can read and write; mode 700 on Unix, the user's own directory on Windows.</summary>
    protected virtual string MakeFolder() => Directory.CreateTempSubdirectory("h2m-").FullName;

    private static byte[]? Read(string target)
    {
        if (!File.Exists(target)) return null;
        var bytes = File.ReadAllBytes(target);
        return bytes.AsSpan().StartsWith(Signature) ? bytes : null;
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (FileFailure.IsOne(e))
        {
            // A browser that was stopped may hold a file for a moment longer; the system empties its directory for such things.
        }
    }

    /// <summary>The first bytes of every PNG (W3C PNG specification, section 5.2).</summary>
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly string[] Browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];

    /// <summary>A picture takes a second; a browser that waits for something it does not have would wait for ever.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);
}
