// Reads what a test run left behind: counts from the trx files, lines from the coverage files of all test projects, merged.
// usage: dotnet run .ci/report.cs -- RESULTS [--no-coverage]
#:property PublishAot=false
#:property TreatWarningsAsErrors=false
#:property EnforceCodeStyleInBuild=false
using System.Globalization;
using System.Xml.Linq;

// Files for a platform that this machine is not: they cannot run here.
string[] otherPlatforms = ["WindowsJob.cs"];
Dictionary<string, double> floors = new() { ["Bridge"] = 95, ["Bridge.Schemas"] = 95 };
const double OtherFloor = 80;

string results = args[0];
XNamespace trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";
int passed = 0, failed = 0, skipped = 0;
foreach (string file in Directory.EnumerateFiles(results, "*.trx", SearchOption.AllDirectories))
{
    XElement counters = XDocument.Load(file).Descendants(trx + "Counters").Single();
    passed += (int)counters.Attribute("passed")!;
    failed += (int)counters.Attribute("failed")! + (int)counters.Attribute("error")! + (int)counters.Attribute("timeout")! + (int)counters.Attribute("aborted")!;
    skipped += (int)counters.Attribute("total")! - (int)counters.Attribute("executed")!;
}

bool covered = args.Contains("--no-coverage") || ReportCoverage();
Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
return failed == 0 && passed > 0 && covered ? 0 : 1;

bool ReportCoverage()
{
    Dictionary<string, Dictionary<int, bool>> lines = [];
    string root = Directory.GetCurrentDirectory().Replace('\\', '/');
    foreach (string file in Directory.EnumerateFiles(results, "coverage.cobertura.xml", SearchOption.AllDirectories))
    {
        Merge(XDocument.Load(file), root, lines);
    }

    string data = Environment.GetEnvironmentVariable("BRIDGE_TEST_DATA") is { Length: > 0 } set ? set : Path.Combine(Path.GetDirectoryName(root)!, "shared");
    bool binding = Directory.Exists(Path.Combine(data, "eval"));
    bool good = true;
    foreach (string missing in Directory.GetDirectories("src").Select(folder => Path.GetFileName(folder)!).Except(lines.Keys.Select(file => file.Split('/')[1])))
    {
        good = false;
        Console.WriteLine($"coverage: {missing,-16} no line of it was counted  TOO LOW");
    }

    foreach (var project in lines.GroupBy(file => file.Key.Split('/')[1]).OrderBy(group => group.Key, StringComparer.Ordinal))
    {
        int all = project.Sum(file => file.Value.Count), hit = project.Sum(file => file.Value.Count(line => line.Value));
        double share = 100.0 * hit / all, floor = floors.GetValueOrDefault(project.Key, OtherFloor);
        good &= share >= floor;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"coverage: {project.Key,-16} {share,5:0.0} % of {all,5} lines (floor {floor:0} %){(share < floor ? "  TOO LOW" : "")}"));
        foreach (var file in project.Where(file => file.Value.ContainsValue(false)).OrderByDescending(file => file.Value.Count(line => !line.Value)).Take(share < floor ? 15 : 0))
        {
            Console.WriteLine($"coverage:   {file.Value.Count(line => !line.Value),4} lines not run in {file.Key}");
        }
    }

    if (!binding)
    {
        Console.WriteLine("coverage: the evaluation data is not there, so the floors do not bind");
    }

    return good || !binding;
}

void Merge(XDocument report, string root, Dictionary<string, Dictionary<int, bool>> lines)
{
    string[] sources = [.. report.Descendants("source").Select(source => source.Value)];
    foreach (XElement type in report.Descendants("class"))
    {
        string name = ((string)type.Attribute("filename")!).Replace('\\', '/');
        string path = Path.IsPathRooted(name) ? name : sources.Select(source => Path.Combine(source, name)).FirstOrDefault(File.Exists) ?? name;
        path = Path.GetRelativePath(root, path).Replace('\\', '/');
        if (!path.StartsWith("src/", StringComparison.Ordinal) || path.Contains("/obj/") || otherPlatforms.Contains(Path.GetFileName(path)))
        {
            continue;
        }

        Dictionary<int, bool> hits = lines.TryGetValue(path, out var known) ? known : lines[path] = [];
        foreach (XElement line in type.Element("lines")!.Elements("line"))
        {
            int number = (int)line.Attribute("number")!;
            hits[number] = hits.GetValueOrDefault(number) || (long)line.Attribute("hits")! > 0;
        }
    }
}
