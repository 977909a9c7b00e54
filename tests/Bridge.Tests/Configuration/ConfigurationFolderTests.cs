using Bridge.Configuration;
using Bridge.TestKit;

namespace Bridge.Tests.Configuration;

public sealed class ConfigurationFolderTests : IDisposable
{
    private readonly TemporaryFolder _current = new();
    private readonly TemporaryFolder _user = new();

    private ConfigurationPlaces Places => new(_current.Path, _user.Path);

    [Fact]
    public void Find_NothingThere_IsBuiltInAndNamesTheUsersFolder()
    {
        ConfigurationFolder folder = ConfigurationFolder.Find(Places);

        folder.Should().Be(new ConfigurationFolder(_user.Path, ConfigurationOrigin.BuiltIn));
        folder.Describe().Should().Contain("built-in").And.Contain(_user.Path);
        folder.SettingsFiles.Should().BeEmpty();
    }

    [Theory]
    [InlineData("mcp.json")]
    [InlineData("mcp.yaml")]
    [InlineData("models.yml")]
    [InlineData("appsettings.json")]
    public void Find_UserFolderHoldsAFile_IsTheUsers(string file)
    {
        _user.Write(file, "{}");

        ConfigurationFolder.Find(Places).Origin.Should().Be(ConfigurationOrigin.User);
    }

    [Theory]
    [InlineData("config/mcp.json")]
    [InlineData("config/mcp.yaml")]
    [InlineData("config/mcp.yml")]
    public void Find_CurrentFolderHoldsServers_WinsOverTheUsers(string file)
    {
        _user.Write("mcp.json", "{}");
        _current.Write(file, "{}");

        ConfigurationFolder folder = ConfigurationFolder.Find(Places);

        folder.Origin.Should().Be(ConfigurationOrigin.CurrentFolder);
        folder.Path.Should().Be(Path.Combine(_current.Path, "config"));
        folder.ProjectRoot.Should().Be(_current.Path);
    }

    [Fact]
    public void Find_CurrentFolderHoldsSettingsOnly_IsNotTaken()
    {
        _current.Write("appsettings.json", "{}");

        ConfigurationFolder.Find(Places).Origin.Should().Be(ConfigurationOrigin.BuiltIn);
    }

    [Fact]
    public void Find_VariableAndRequest_RequestWins()
    {
        _current.Write("config/mcp.json", "{}");
        using var variable = new TemporaryFolder();
        using var requested = new TemporaryFolder();
        ConfigurationPlaces places = Places with { FromVariable = variable.Path };

        ConfigurationFolder.Find(places).Should().Be(new ConfigurationFolder(variable.Path, ConfigurationOrigin.Environment));
        ConfigurationFolder.Find(places with { Requested = requested.Path })
            .Should().Be(new ConfigurationFolder(requested.Path, ConfigurationOrigin.CommandLine));
    }

    [Fact]
    public void Find_RequestNamesAProject_TakesItsConfigFolder()
    {
        _current.Write("config/mcp.json", "{}");
        _current.Write("appsettings.json", "{}");

        ConfigurationFolder folder = ConfigurationFolder.Find(Places with { Requested = "." });

        folder.Origin.Should().Be(ConfigurationOrigin.CommandLine);
        folder.Path.Should().Be(Path.Combine(_current.Path, "config"));
        folder.SettingsFiles.Should().Equal(Path.Combine(_current.Path, "appsettings.json"));
        folder.Describe().Should().Contain("--config");
    }

    [Theory]
    [InlineData(true, "--config")]
    [InlineData(false, "BRIDGE_CONFIG_DIR")]
    public void Find_NamedFolderMissing_NamesItAndTheCure(bool requested, string by)
    {
        ConfigurationPlaces places = requested ? Places with { Requested = "nowhere" } : Places with { FromVariable = "nowhere" };

        Action find = () => ConfigurationFolder.Find(places);

        ConfigProblem problem = find.Should().Throw<BridgeConfigurationException>().Which.Problems.Should().ContainSingle().Subject;
        problem.Code.Should().Be("configuration-folder-missing");
        problem.Location.Should().Be(by);
        problem.Message.Should().Contain(Path.Combine(_current.Path, "nowhere"));
        problem.Cure.Should().Contain("bridge init");
    }

    [Fact]
    public void SettingsFiles_ProjectAndFolder_FolderComesLast()
    {
        _current.Write("config/mcp.json", "{}");
        string project = _current.Write("appsettings.json", "{}");
        string inner = _current.Write("config/appsettings.json", "{}");

        ConfigurationFolder.Find(Places).SettingsFiles.Should().Equal(project, inner);
    }

    [Fact]
    public void Resolve_RelativeAbsoluteAndYaml_FindsTheFile()
    {
        string yaml = _user.Write("mcp.yaml", "");
        string other = _current.Write("other.json", "");
        ConfigurationFolder folder = ConfigurationFolder.Find(Places);

        folder.Resolve("mcp.json").Should().Be(yaml);
        folder.Resolve(other).Should().Be(other);
        folder.Resolve("../x/absent.json").Should().Be(Path.GetFullPath(Path.Combine(_user.Path, "../x/absent.json")));
    }

    [Fact]
    public void From_Variables_GivesTheUsersFolderAndTheNamedOne()
    {
        var variables = new Dictionary<string, string?>
        {
            ["XDG_CONFIG_HOME"] = "/xdg",
            ["APPDATA"] = "/xdg",
            ["BRIDGE_CONFIG_DIR"] = "/named",
        };

        ConfigurationPlaces places = ConfigurationPlaces.From(null, "/here", name => variables.GetValueOrDefault(name));

        places.UserFolder.Should().Be(Path.Combine("/xdg", "bridge"));
        places.FromVariable.Should().Be("/named");
        places.Requested.Should().BeNull();
        ConfigurationPlaces.From("r", "/here", _ => "").FromVariable.Should().BeNull();
        ConfigurationPlaces.OfProcess().CurrentFolder.Should().Be(Environment.CurrentDirectory);
    }

    [Theory]
    [InlineData(ConfigurationOrigin.User, "the user's folder")]
    [InlineData(ConfigurationOrigin.Environment, "BRIDGE_CONFIG_DIR")]
    [InlineData(ConfigurationOrigin.CurrentFolder, "current folder")]
    public void Describe_EachOrigin_SaysHow(ConfigurationOrigin origin, string words) =>
        new ConfigurationFolder("/f", origin).Describe().Should().Contain("'/f'").And.Contain(words);

    public void Dispose()
    {
        _current.Dispose();
        _user.Dispose();
    }
}
