using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;

namespace HandshakeToMermaid.Tests;

/// <summary>The NuGet package holds what its users need.</summary>
public sealed class PackageTests
{
    [Fact]
    public void The_package_holds_the_library_its_documentation_and_its_metadata()
    {
        var folder = Directory.CreateTempSubdirectory("h2m-package-");
        try
        {
            Pack(folder.FullName);
            using var package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(folder.FullName, "*.nupkg")));
            var files = package.Entries.Select(e => e.FullName).ToList();
            Assert.Contains("README.md", files);
            Assert.Equal(
                ["lib/net10.0/HandshakeToMermaid.Templating.dll", "lib/net10.0/HandshakeToMermaid.dll", "lib/net10.0/HandshakeToMermaid.xml"],
                files.Where(f => f.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
            using var nuspec = package.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
            var metadata = XDocument.Load(nuspec).Root!.Elements().Single();
            Assert.Equal("HandshakeToMermaid.Library", Value("id"));
            Assert.Equal("MIT", Value("license"));
            Assert.Equal("README.md", Value("readme"));
            Assert.NotEmpty(Value("description"));
            Assert.Contains("pcap", Value("tags").Split(' '));
            Assert.Equal("git", Element("repository").Attribute("type")?.Value);

            // Nothing has to be restored with it.
            Assert.DoesNotContain(Element("dependencies").Descendants(), e => e.Name.LocalName == "dependency");

            string Value(string name) => Element(name).Value;
            XElement Element(string name) => metadata.Elements().Single(e => e.Name.LocalName == name);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_public_member_is_documented()
    {
        var documented = XDocument.Load(Path.ChangeExtension(typeof(Handshakes).Assembly.Location, ".xml")).Descendants("member").Select(m => m.Attribute("name")!.Value).ToHashSet();
        foreach (var type in Facade.Types)
        {
            Assert.Contains($"T:{type.FullName}", documented);
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)) Assert.Contains($"P:{type.FullName}.{property.Name}", documented);
            foreach (var value in type.IsEnum ? Enum.GetNames(type) : []) Assert.Contains($"F:{type.FullName}.{value}", documented);
        }
    }

    /// <summary>As it was built for these tests.</summary>
    private static void Pack(string folder)
    {
        var configuration = typeof(PackageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Configuration").Value!;
        var start = new ProcessStartInfo("dotnet", ["pack", Checkout.PathOf("src", "HandshakeToMermaid"), "--no-build", "-c", configuration, "-o", folder, "-nologo"]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
    }
}
