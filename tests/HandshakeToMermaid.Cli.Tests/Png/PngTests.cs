using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Cli.Png;

namespace HandshakeToMermaid.Cli.Tests.Png;

/// <summary>A PNG is painted by another program: what it is given, what becomes of it, and what is said where there is none.</summary>
public sealed class PngTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("h2m-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [SkippableFact]
    public void A_program_on_the_path_paints_the_picture_and_is_named_in_one_line()
    {
        var program = Program("rsvg-convert", """printf '\211PNG\r\n\032\nand so on' > "$6"; printf '%s|' "$@" > "$RECORD"; while IFS= read -r line; do printf '%s\n' "$line"; done < "$7" > "$RECORD.svg" """);
        var (code, output, error) = Convert("tls13-success", "-o", In("x.png"));
        Assert.Equal((ExitCode.Done, "", $"h2m: PNG drawn by {program}.\n"), (code, output, error));
        Assert.Equal([0x89, .. "PNG\r\n\x1A\nand so on"u8], File.ReadAllBytes(In("x.png")));
        var arguments = File.ReadAllText(In("record")).Split('|');
        Assert.Equal(["--zoom", "2", "--format", "png", "--output"], arguments[..5]);
        Assert.False(Directory.Exists(Path.GetDirectoryName(arguments[5])));
        var svg = File.ReadAllText(In("record.svg"));
        Assert.StartsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("prefers-color-scheme", svg, StringComparison.Ordinal);
    }

    /// <summary>The text of a PNG cannot be searched: what it is painted from must hold no original.</summary>
    [SkippableFact]
    public void The_program_is_given_pseudonyms_only()
    {
        Program("rsvg-convert", """printf '\211PNG\r\n\032\n' > "$6"; printf '%s|' "$@" > "$RECORD"; while IFS= read -r line; do printf '%s\n' "$line"; done < "$7" > "$RECORD.svg" """);
        var (code, _, error) = Convert("tls12-success", "-o", In("x.png"), "--redact", "--detail", "full", "--quiet");
        Assert.Equal((ExitCode.Done, ""), (code, error));
        var given = File.ReadAllText(In("record.svg")) + File.ReadAllText(In("record"));
        Assert.Contains("host-1.", given, StringComparison.Ordinal);
        Assert.All((string[])["www.example.com", "example.com", "192.0.2.10", "192.0.2.53", "203.0.113.", "tls12-success"], original => Assert.DoesNotContain(original, given, StringComparison.Ordinal));
    }

    [SkippableFact]
    public void Chromium_gets_a_window_of_the_pictures_size_and_a_profile_that_is_gone_afterwards()
    {
        Program("chromium", """printf '%s\n' "$@" > "$RECORD"; for a in "$@"; do case "$a" in --screenshot=*) printf '\211PNG\r\n\032\n' > "${a#*=}";; esac; done""");
        Assert.Equal(ExitCode.Done, Convert("tls13-success", "-o", In("x.png"), "--quiet").Code);
        var arguments = File.ReadAllLines(In("record"));
        Assert.Contains("--headless", arguments);
        Assert.Contains("--force-device-scale-factor=2", arguments);
        Assert.Contains(arguments, a => System.Text.RegularExpressions.Regex.IsMatch(a, @"\A--window-size=[0-9]{3,4},[0-9]{3,4}\z"));
        Assert.StartsWith("file:///", arguments[^1], StringComparison.Ordinal);
        Assert.Equal(Environment.IsPrivilegedProcess, arguments.Contains("--no-sandbox"));
        Assert.False(Directory.Exists(arguments.Single(a => a.StartsWith("--user-data-dir=", StringComparison.Ordinal))[16..]));
    }

    [Theory]
    [InlineData("-o", "x.png")]
    [InlineData("-f", "png")]
    public void Without_a_program_the_command_line_is_wrong_before_anything_is_read(params string[] asked)
    {
        var (code, output, error) = H2m.Run(["convert", In("missing.pcap"), .. asked], environment: NoProgram());
        Assert.Equal((ExitCode.WrongUsage, "", $"h2m: {PictureProgram.HowToGetOne}\n"), (code, output, error));
        Assert.Empty(Directory.EnumerateFiles(folder));
    }

    [SkippableFact]
    public void A_program_that_fails_leaves_the_old_file_and_its_own_words()
    {
        var program = Program("rsvg-convert", "echo 'first'; echo 'no such font.' >&2; exit 1");
        File.WriteAllText(In("x.png"), "old");
        var (code, _, error) = Convert("tls13-success", "-o", In("x.png"));
        Assert.Equal((ExitCode.Unreadable, $"h2m: {program} drew no PNG: no such font.\n"), (code, error));
        Assert.Equal("old", File.ReadAllText(In("x.png")));
        Assert.Equal(["x.png"], Directory.EnumerateFiles(folder).Select(Path.GetFileName));
    }

    [SkippableFact]
    public void What_is_no_png_is_not_taken_for_one()
    {
        var program = Program("rsvg-convert", "echo not a picture > \"$6\"");
        var (code, _, error) = Convert("tls13-success", "-o", In("x.png"));
        Assert.Equal((ExitCode.Unreadable, $"h2m: {program} drew no PNG.\n"), (code, error));
        Assert.False(File.Exists(In("x.png")));
    }

    [SkippableFact]
    public void A_directory_gets_a_picture_per_connection_and_the_program_is_named_once()
    {
        var program = Program("rsvg-convert", """printf '\211PNG\r\n\032\n' > "$6" """);
        var (code, _, error) = Convert("resumption-tls13", "-f", "png", "-o", In("all/"));
        Assert.Equal((ExitCode.Done, $"h2m: PNG drawn by {program}.\nh2m: 2 files written to {In("all/")}.\n"), (code, error));
        Assert.Equal(["001-www.example.com.png", "002-www.example.com.png"], Directory.EnumerateFiles(In("all")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public void A_program_that_does_not_end_is_stopped()
    {
        var program = Program("rsvg-convert", "exec /bin/sleep 1000");
        var stopped = Assert.Throws<OutputException>(() => ProgramRun.ToTheEnd(program, [], TimeSpan.FromMilliseconds(100)));
        Assert.StartsWith($"{program} was stopped", stopped.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("rsvg-convert")]
    [InlineData("chromium")]
    public void A_real_program_paints_a_picture_of_twice_the_size(string name)
    {
        var program = SearchPath.Find(name);
        Skip.If(program is null, $"needs {name}");
        Assert.Equal(ExitCode.Done, H2m.Run(["convert", H2m.Sample("tls13-success"), "-o", In("x.svg")]).ExitCode);
        var svg = File.ReadAllText(In("x.svg"));
        var size = PictureSize.Of(svg);
        PictureProgram painter = name == "chromium" ? new HeadlessChromium(program) : new RsvgConvert(program);
        var picture = PngPicture.Of(painter.Paint(svg, size));
        Assert.Equal((2 * size.Width, 2 * size.Height), (picture.Width, picture.Height));
        Assert.InRange(picture.ColorsOf(0, picture.Height / 2), 20, int.MaxValue);
        Assert.InRange(picture.ColorsOf(picture.Height / 2, picture.Height), 20, int.MaxValue);
    }

    [Theory]
    [InlineData(800, 900, 2)]
    [InlineData(955.4, 7_999.5, 2)]
    [InlineData(900, 16_000, 1)]
    [InlineData(900, 32_000, 0.5)]
    public void A_picture_is_painted_twice_as_large_up_to_what_programs_paint(double width, double height, double scale)
        => Assert.Equal(scale, PictureSize.Of($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\">").Scale);

    private (int Code, string Output, string Error) Convert(string sample, params string[] more)
        => H2m.Run(["convert", H2m.Sample(sample), .. more], environment: NoProgram());

    private Dictionary<string, string?> NoProgram() => new(StringComparer.Ordinal) { ["PATH"] = In("bin"), ["RECORD"] = In("record") };

    /// <summary>A shell script in the only directory of the <c>PATH</c>.</summary>
    private string Program(string name, string script)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs a shell");
        Directory.CreateDirectory(In("bin"));
        var path = Path.Combine(In("bin"), name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private string In(string name) => Path.Combine(folder, name);
}
